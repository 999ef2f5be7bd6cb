using Temporalio.Api.Batch.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.EndToEnd.Sdk;

/// <summary>Batch operations as the official client sees what becomes of its workflows. In a namespace of its own: one
/// runs at a time.</summary>
public sealed class BatchTests(SdkEngine engine)
{
    [Fact]
    public async Task Batch_ThatSignalsThenResetsThenTerminates_IsSeenByTheWorkflows()
    {
        var ns = SdkEngine.NewName("batches");
        await engine.Client.WorkflowService.RegisterNamespaceAsync(new RegisterNamespaceRequest
        {
            Namespace = ns,
            WorkflowExecutionRetentionPeriod = new() { Seconds = 86_400 },
        });
        var client = await engine.ConnectAsync(ns);
        var queue = SdkEngine.NewName("queue");
        using var worker = new Temporalio.Worker.TemporalWorker(
            client, new Temporalio.Worker.TemporalWorkerOptions(queue).AddWorkflow<WaitingWorkflow>());
        await worker.ExecuteAsync(() => WorkThroughAsync(client, queue).WaitAsync(SdkEngine.Patience));
    }

    private static async Task WorkThroughAsync(TemporalClient client, string queue)
    {
        var handles = new List<WorkflowHandle<WaitingWorkflow, string>>();
        for (var i = 0; i < 5; i++)
        {
            handles.Add(await client.StartWorkflowAsync(
                (WaitingWorkflow w) => w.RunAsync(), new WorkflowOptions($"waiting-{i}", queue)));
        }

        var query = "WorkflowType = 'WaitingWorkflow'";
        await RunAsync(client, r => (r.VisibilityQuery, r.SignalOperation) = (query, new() { Signal = "Tell", Input = Text("news") }));
        foreach (var handle in handles)
        {
            Assert.Equal(["news"], await handle.QueryAsync(w => w.Told()));
        }

        var reset = await RunAsync(client, r => (r.VisibilityQuery, r.ResetOperation) = (query, new BatchOperationReset
        {
            Options = new() { FirstWorkflowTask = new(), ResetReapplyExcludeTypes = { ResetReapplyExcludeType.Signal } },
        }));
        Assert.Equal(5, reset.CompleteOperationCount);
        foreach (var handle in handles)
        {
            var current = client.GetWorkflowHandle<WaitingWorkflow, string>(handle.Id);
            Assert.Empty(await current.QueryAsync(w => w.Told()));
            Assert.NotEqual(handle.FirstExecutionRunId, (await current.DescribeAsync()).RunId);
        }

        await client.GetWorkflowHandle<WaitingWorkflow, string>("waiting-0").SignalAsync(w => w.FinishAsync("done"));
        Assert.Equal("done", await client.GetWorkflowHandle<WaitingWorkflow, string>("waiting-0").GetResultAsync());
        var ended = await RunAsync(client, r =>
        {
            r.TargetExecutions.Add(Enumerable.Range(0, 5).Select(
                i => new Execution { Type = ExecutionType.Workflow, BusinessId = $"waiting-{i}" }));
            r.TerminationOperation = new();
        });
        Assert.Equal((5L, 0L), (ended.CompleteOperationCount, ended.FailureOperationCount));
        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(
            () => client.GetWorkflowHandle<WaitingWorkflow, string>("waiting-1").GetResultAsync());
        Assert.Equal("on purpose", Assert.IsType<TerminatedFailureException>(failure.InnerException).Message);
    }

    private static Payloads Text(string text) =>
        new() { Payloads_ = { Temporalio.Converters.DataConverter.Default.PayloadConverter.ToPayload(text) } };

    private static async Task<DescribeBatchOperationResponse> RunAsync(
        TemporalClient client, Action<StartBatchOperationRequest> configure)
    {
        var ns = client.Options.Namespace;
        var request = new StartBatchOperationRequest { Namespace = ns, JobId = SdkEngine.NewName("job"), Reason = "on purpose" };
        configure(request);
        await client.WorkflowService.StartBatchOperationAsync(request);
        DescribeBatchOperationResponse described;
        do
        {
            described = await client.WorkflowService.DescribeBatchOperationAsync(
                new DescribeBatchOperationRequest { Namespace = ns, JobId = request.JobId });
        }
        while (described.State == BatchOperationState.Running);

        Assert.Equal(BatchOperationState.Completed, described.State);
        return described;
    }
}
