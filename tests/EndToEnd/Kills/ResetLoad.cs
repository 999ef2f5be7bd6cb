using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Worker;

namespace AugmentedOS.EndToEnd.Kills;

/// <summary>Workflows that go back to their first task after a signal, once each, and then on to their end.</summary>
internal sealed class ResetLoad(TemporalClient client, Calls calls, string queue) : ILoad
{
    private static readonly string[] Values = ["before", "after", "last"];
    private readonly List<(string Id, string First, string Second)> _done = [];

    public void Register(TemporalWorkerOptions worker) => worker.AddWorkflow<CollectingWorkflow>();

    public async Task RunAsync(CancellationToken stopping, CancellationToken cancelled)
    {
        for (var count = 0; !stopping.IsCancellationRequested; count++)
        {
            var id = $"reset-{count}";
            var start = Histories.Start(id, nameof(CollectingWorkflow), queue, Values.Length);
            var first = (await calls.UntilAcknowledgedAsync(
                () => client.WorkflowService.StartWorkflowExecutionAsync(start, Calls.OneTry), cancelled)).RunId;
            await SignalAsync(id, first, Values[0], cancelled);
            var second = await ResetAsync(id, first, cancelled);
            Assert.Equal(second, await ResetAsync(id, first, cancelled));   // who asks again is told the same
            await SignalAsync(id, second, Values[1], cancelled);
            await SignalAsync(id, second, Values[2], cancelled);
            var result = await calls.UntilAcknowledgedAsync(
                () => client.GetWorkflowHandle(id, second).GetResultAsync<string>(), cancelled);
            Assert.Equal(string.Join(' ', Values.Select(value => $"{id}/{value}")), result);
            _done.Add((id, first, second));
        }
    }

    public async Task<string> CheckAsync(CancellationToken cancelled)
    {
        foreach (var (id, first, second) in _done)
        {
            Assert.Equal([first, second], (await Histories.RunsAsync(client, id)).Reverse());
            var ended = await Histories.EventsAsync(client, id, first);
            Assert.Equal(EventType.WorkflowExecutionTerminated, ended[^1].EventType);
            var events = await Histories.EventsAsync(client, id, second);
            Assert.Equal(Values.Select(value => $"{id}/{value}"), Histories.Signals(events));
            Assert.Single(events, e => e.WorkflowTaskFailedEventAttributes?.Cause == WorkflowTaskFailedCause.ResetWorkflow);
        }

        return $"{_done.Count} resets";
    }

    private Task<SignalWorkflowExecutionResponse> SignalAsync(
        string id, string run, string value, CancellationToken cancelled) => calls.UntilAcknowledgedAsync(
        () => client.WorkflowService.SignalWorkflowExecutionAsync(
            Histories.Signal(id, run, "Take", $"{id}/{value}"), Calls.OneTry),
        cancelled);

    private async Task<string> ResetAsync(string id, string run, CancellationToken cancelled)
    {
        var request = new ResetWorkflowExecutionRequest
        {
            Namespace = "default",
            WorkflowExecution = new() { WorkflowId = id, RunId = run },
            WorkflowTaskFinishEventId = 3,
            RequestId = $"{id}/reset",
            Reason = "once more",
        };
        return (await calls.UntilAcknowledgedAsync(
            () => client.WorkflowService.ResetWorkflowExecutionAsync(request, Calls.OneTry), cancelled)).RunId;
    }
}
