using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Worker;

namespace AugmentedOS.EndToEnd.Kills;

/// <summary>Batch operations, one after the other: a few workflows each are reset, signalled, and so come to their end.
/// </summary>
internal sealed class BatchLoad(TemporalClient client, Calls calls, string queue) : ILoad
{
    private const int Size = 8;
    private readonly List<string> _done = [];

    public void Register(TemporalWorkerOptions worker)
    {
        // The workflow is that of the load of resets.
    }

    public async Task RunAsync(CancellationToken stopping, CancellationToken cancelled)
    {
        for (var count = 0; !stopping.IsCancellationRequested; count++)
        {
            var batch = $"batch-{count}";
            foreach (var id in WorkflowsOf(batch))
            {
                await calls.UntilAcknowledgedAsync(
                    () => client.WorkflowService.StartWorkflowExecutionAsync(
                        Histories.Start(id, nameof(CollectingWorkflow), queue, 1), Calls.OneTry),
                    cancelled);

                // Where no worker has taken the first task, there is nothing to go back to.
                await calls.UntilSeenAsync(
                    () => Histories.EventsAsync(client, id, null),
                    events => events.Any(e => e.EventType == EventType.WorkflowTaskCompleted),
                    cancelled);
            }

            await RunAsync(batch, "reset", ToTheFirstTask, cancelled);
            await RunAsync(batch, "signal", request => request.SignalOperation = new()
            {
                Signal = "Take",
                Input = Histories.Payloads(batch),
            }, cancelled);
            foreach (var id in WorkflowsOf(batch))
            {
                Assert.Equal(batch, await calls.UntilAcknowledgedAsync(
                    () => client.GetWorkflowHandle(id).GetResultAsync<string>(), cancelled));
            }

            _done.Add(batch);
        }
    }

    public async Task<string> CheckAsync(CancellationToken cancelled)
    {
        foreach (var id in _done.SelectMany(WorkflowsOf))
        {
            var runs = await Histories.RunsAsync(client, id);
            Assert.True(runs.Count == 2, $"{id} was reset {runs.Count - 1} times");
            Assert.Single(Histories.Signals(await Histories.EventsAsync(client, id, runs[0])));
            Assert.Empty(Histories.Signals(await Histories.EventsAsync(client, id, runs[1])));
        }

        return $"{_done.Count * 2} batch operations";
    }

    private static IEnumerable<string> WorkflowsOf(string batch) =>
        Enumerable.Range(0, Size).Select(index => $"{batch}-{index}");

    private static void ToTheFirstTask(StartBatchOperationRequest request) => request.ResetOperation = new()
    {
        Options = new ResetOptions { FirstWorkflowTask = new() },
    };

    private async Task RunAsync(
        string batch, string what, Action<StartBatchOperationRequest> configure, CancellationToken cancelled)
    {
        var request = new StartBatchOperationRequest
        {
            Namespace = "default",
            JobId = $"{batch}/{what}",
            Reason = what,
            VisibilityQuery = $"WorkflowId STARTS_WITH '{batch}-' AND ExecutionStatus = 'Running'",
        };
        configure(request);
        await calls.UntilDoneAsync(() => client.WorkflowService.StartBatchOperationAsync(request, Calls.OneTry), cancelled);
        var ended = await calls.UntilSeenAsync(
            () => client.WorkflowService.DescribeBatchOperationAsync(
                new DescribeBatchOperationRequest { Namespace = "default", JobId = request.JobId }, Calls.OneTry),
            described => described.State != BatchOperationState.Running,
            cancelled);
        Assert.Equal(
            (BatchOperationState.Completed, Size, 0),
            (ended.State, (int)ended.CompleteOperationCount, (int)ended.FailureOperationCount));
    }
}
