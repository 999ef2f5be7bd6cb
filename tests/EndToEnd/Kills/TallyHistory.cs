using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;

namespace AugmentedOS.EndToEnd.Kills;

/// <summary>What the engine holds of a workflow, against what it acknowledged.</summary>
internal static class TallyHistory
{
    public static async Task<bool> HasAsync(TemporalClient client, TallyRecord record, string result)
    {
        try
        {
            var history = await FetchAsync(client, record);
            return Results(history).Contains(result);
        }
        catch (RpcException gone) when (Calls.IsTransport(gone))
        {
            return false;
        }
    }

    /// <summary>Checks a run, be it open or closed.</summary>
    /// <param name="signals">What was acknowledged before it was asked.</param>
    /// <param name="updates">The same of updates.</param>
    public static async Task<WorkflowHistory> CheckAsync(
        TemporalClient client,
        TallyRecord record,
        IReadOnlyList<string> signals,
        IReadOnlyList<string> updates,
        bool isHandedBack)
    {
        var history = await FetchAsync(client, record);
        var story = $"{record.Id} {record.RunId}: {string.Join(", ", history.Events.Select(e => $"{e.EventId} {e.EventType}"))}";
        Assert.Equal(Enumerable.Range(1, history.Events.Count), history.Events.Select(e => (int)e.EventId));
        AssertOnceEach(Signals(history), $"signals of {story}");
        AssertOnceEach(
            history.Events
                .Where(e => e.EventType == EventType.ActivityTaskCompleted)
                .Select(e => $"{e.ActivityTaskCompletedEventAttributes.ScheduledEventId}"),
            $"completions of {story}");
        AssertOnceEach(Results(history), $"results of {story}");
        AssertOnceEach(Updates(history, EventType.WorkflowExecutionUpdateAccepted), $"updates of {story}");
        AssertOnceEach(Updates(history, EventType.WorkflowExecutionUpdateCompleted), $"ends of updates of {story}");
        foreach (var update in updates)
        {
            Assert.True(
                Updates(history, EventType.WorkflowExecutionUpdateCompleted).Contains(update),
                $"the acknowledged update {update} is lost: {story}");
        }

        if (history.Events.Last().EventType == EventType.WorkflowTaskStarted)
        {
            // What comes while a worker has the workflow task waits beside the history until that task ends.
            return history;
        }

        foreach (var signal in signals)
        {
            Assert.True(Signals(history).Contains(signal), $"the acknowledged signal {signal} is lost: {story}");
        }

        Assert.True(
            !isHandedBack || Results(history).Contains(record.HandedBack),
            $"the acknowledged completion is lost: {story}");
        return history;
    }

    private static Task<WorkflowHistory> FetchAsync(TemporalClient client, TallyRecord record) =>
        client.GetWorkflowHandle(record.Id, record.RunId).FetchHistoryAsync();

    private static IEnumerable<string> Signals(WorkflowHistory history) => Histories.Signals(history.Events);

    private static IEnumerable<string> Updates(WorkflowHistory history, EventType type) => history.Events
        .Where(e => e.EventType == type)
        .Select(e => e.WorkflowExecutionUpdateAcceptedEventAttributes?.AcceptedRequest.Meta.UpdateId
            ?? e.WorkflowExecutionUpdateCompletedEventAttributes.Meta.UpdateId);

    private static IEnumerable<string> Results(WorkflowHistory history) => history.Events
        .Where(e => e.EventType == EventType.ActivityTaskCompleted)
        .Select(e => Histories.Text(e.ActivityTaskCompletedEventAttributes.Result));

    private static void AssertOnceEach(IEnumerable<string> values, string what)
    {
        var twice = values.GroupBy(value => value).Where(group => group.Count() > 1).Select(group => group.Key).ToList();
        Assert.True(twice.Count == 0, $"twice: {string.Join(", ", twice)} in {what}");
    }
}
