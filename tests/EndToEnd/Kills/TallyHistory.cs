using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Converters;
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
        catch (RpcException gone) when (TallyLoad.IsTransport(gone))
        {
            return false;
        }
    }

    /// <summary>Checks a run, be it open or closed.</summary>
    /// <param name="signals">What was acknowledged before it was asked.</param>
    public static async Task<WorkflowHistory> CheckAsync(
        TemporalClient client, TallyRecord record, IReadOnlyList<string> signals, bool isHandedBack)
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

    private static IEnumerable<string> Signals(WorkflowHistory history) => history.Events
        .Where(e => e.EventType == EventType.WorkflowExecutionSignaled)
        .Select(e => Text(e.WorkflowExecutionSignaledEventAttributes.Input));

    private static IEnumerable<string> Results(WorkflowHistory history) => history.Events
        .Where(e => e.EventType == EventType.ActivityTaskCompleted)
        .Select(e => Text(e.ActivityTaskCompletedEventAttributes.Result));

    private static string Text(Payloads payloads) =>
        (string)DataConverter.Default.PayloadConverter.ToValue(payloads.Payloads_[0], typeof(string))!;

    private static void AssertOnceEach(IEnumerable<string> values, string what)
    {
        var twice = values.GroupBy(value => value).Where(group => group.Count() > 1).Select(group => group.Key).ToList();
        Assert.True(twice.Count == 0, $"twice: {string.Join(", ", twice)} in {what}");
    }
}
