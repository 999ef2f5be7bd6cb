using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Workflows;
using ParentClosePolicy = Temporalio.Workflows.ParentClosePolicy;

namespace AugmentedOS.EndToEnd.Sdk;

/// <summary>Children, and other workflows that one signals and cancels.</summary>
public sealed class ChildTests(SdkEngine engine)
{
    [Fact]
    public async Task Child_WhenItCompletes_GivesItsResultToTheParent() => await WithWorkerAsync(async queue =>
    {
        var parent = await StartParentAsync(queue, ParentClosePolicy.Terminate);
        await Child(parent).SignalAsync(w => w.FinishAsync("from the child"));

        Assert.Equal("from the child", await parent.GetResultAsync());
        var types = await SdkEngine.EventTypesAsync(parent);
        Assert.True(
            types.ToList().IndexOf(EventType.ChildWorkflowExecutionStarted)
            < types.ToList().IndexOf(EventType.ChildWorkflowExecutionCompleted));
    });

    [Fact]
    public async Task Child_WhenItFails_FailsInTheParentWithItsFailure() => await WithWorkerAsync(async queue =>
    {
        var parent = await StartParentAsync(queue, ParentClosePolicy.Terminate);
        await Child(parent).SignalAsync(w => w.FailAsync("bad child"));

        var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => parent.GetResultAsync());

        var child = Assert.IsType<ChildWorkflowFailureException>(failed.InnerException);
        Assert.Equal($"{parent.Id}-child", child.WorkflowId);
        Assert.Equal("bad child", child.InnerException!.Message);
    });

    [Fact]
    public async Task Child_WhenItsIdRuns_FailsInTheParentAtOnce() => await WithWorkerAsync(async queue =>
    {
        var first = await StartParentAsync(queue, ParentClosePolicy.Abandon);

        var second = await engine.Client.StartWorkflowAsync(
            (ParentWorkflow parent) => parent.RunAsync($"{first.Id}-child", ParentClosePolicy.Abandon),
            new(SdkEngine.NewName("second"), queue));
        await Assert.ThrowsAsync<WorkflowFailedException>(() => second.GetResultAsync());

        var refused = Assert.Single(
            (await second.FetchHistoryAsync()).Events,
            e => e.EventType == EventType.StartChildWorkflowExecutionFailed);
        Assert.Equal(
            StartChildWorkflowExecutionFailedCause.WorkflowAlreadyExists,
            refused.StartChildWorkflowExecutionFailedEventAttributes.Cause);
    });

    [Theory]
    [InlineData(ParentClosePolicy.Terminate, WorkflowExecutionStatus.Terminated)]
    [InlineData(ParentClosePolicy.RequestCancel, WorkflowExecutionStatus.Canceled)]
    [InlineData(ParentClosePolicy.Abandon, WorkflowExecutionStatus.Completed)]
    public async Task Child_WhenTheParentIsTerminated_FollowsTheClosePolicy(
        ParentClosePolicy policy, WorkflowExecutionStatus status) => await WithWorkerAsync(async queue =>
    {
        var parent = await StartParentAsync(queue, policy);
        var child = Child(parent);
        await parent.TerminateAsync();
        if (policy == ParentClosePolicy.Abandon)
        {
            await child.SignalAsync(w => w.FinishAsync("alone"));
        }

        await child.GetResultAsync<string>().ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Equal(status, (await child.DescribeAsync()).Status);
    });

    [Fact]
    public async Task Describe_OfAParent_ShowsItsChildAndTheChildItsParent() => await WithWorkerAsync(async queue =>
    {
        var parent = await StartParentAsync(queue, ParentClosePolicy.Terminate);

        var pending = Assert.Single((await SdkEngine.DescribeRawAsync(parent)).PendingChildren);
        var child = (await SdkEngine.DescribeRawAsync(Child(parent))).WorkflowExecutionInfo;

        Assert.Equal(($"{parent.Id}-child", child.Execution.RunId), (pending.WorkflowId, pending.RunId));
        Assert.Equal(parent.Id, child.ParentExecution.WorkflowId);
        Assert.Equal(parent.ResultRunId, child.RootExecution.RunId);
        await parent.TerminateAsync();
    });

    [Fact]
    public async Task External_WhenSignaledAndCanceled_GetsBoth() => await WithWorkerAsync(async queue =>
    {
        var other = await engine.StartWaitingAsync(queue);

        await engine.Client.ExecuteWorkflowAsync(
            (MeddlingWorkflow meddling) => meddling.RunAsync(other.Id), new(SdkEngine.NewName("meddling"), queue));

        Assert.Equal(["from another"], await other.QueryAsync(w => w.Told()));
        var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => other.GetResultAsync());
        Assert.IsType<CanceledFailureException>(failed.InnerException);
    });

    [Fact]
    public async Task External_WhenItIsUnknown_FailsInTheWorkflow() => await WithWorkerAsync(async queue =>
    {
        var meddling = await engine.Client.StartWorkflowAsync(
            (MeddlingWorkflow meddling) => meddling.RunAsync(SdkEngine.NewName("unknown")),
            new(SdkEngine.NewName("meddling"), queue));

        var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => meddling.GetResultAsync());

        Assert.Contains("not found", failed.InnerException!.Message);
        Assert.Contains(
            EventType.SignalExternalWorkflowExecutionFailed, await SdkEngine.EventTypesAsync(meddling));
    });

    private WorkflowHandle<WaitingWorkflow, string> Child(WorkflowHandle parent) =>
        engine.Client.GetWorkflowHandle<WaitingWorkflow, string>($"{parent.Id}-child");

    /// <summary>Returns when the child runs.</summary>
    private async Task<WorkflowHandle<ParentWorkflow, string>> StartParentAsync(string queue, ParentClosePolicy policy)
    {
        var id = SdkEngine.NewName("parent");
        var parent = await engine.Client.StartWorkflowAsync(
            (ParentWorkflow parent) => parent.RunAsync($"{id}-child", policy), new(id, queue));
        while (!await parent.QueryAsync(p => p.HasChild))
        {
            // Asked again until the child's start has come back.
        }

        return parent;
    }

    private Task WithWorkerAsync(Func<string, Task> body) => engine.WithWorkerAsync(
        options => options
            .AddWorkflow<WaitingWorkflow>().AddWorkflow<ParentWorkflow>().AddWorkflow<MeddlingWorkflow>(),
        body);

    [Workflow]
    public sealed class ParentWorkflow
    {
        [WorkflowQuery]
        public bool HasChild { get; private set; }

        [WorkflowRun]
        public async Task<string> RunAsync(string childId, ParentClosePolicy policy)
        {
            var child = await Workflow.StartChildWorkflowAsync(
                (WaitingWorkflow waiting) => waiting.RunAsync(), new() { Id = childId, ParentClosePolicy = policy });
            HasChild = true;
            return await child.GetResultAsync();
        }
    }

    [Workflow]
    public sealed class MeddlingWorkflow
    {
        [WorkflowRun]
        public async Task RunAsync(string otherId)
        {
            var other = Workflow.GetExternalWorkflowHandle<WaitingWorkflow>(otherId);
            await other.SignalAsync(w => w.TellAsync("from another"));
            await other.CancelAsync();
        }
    }
}
