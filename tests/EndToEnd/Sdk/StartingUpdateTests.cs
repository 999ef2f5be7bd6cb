using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.EndToEnd.Sdk;

/// <summary>Updates that start their workflow when it does not run.</summary>
public sealed class StartingUpdateTests(SdkEngine engine)
{
    private readonly string _workflow = SdkEngine.NewName("ledger");

    [Fact]
    public async Task Update_WhenTheWorkflowRunsNot_StartsItOnceAndIsDone() => await WithWorkerAsync(async queue =>
    {
        var first = Start(queue);
        var second = Start(queue);

        Assert.Equal(5, await BookAsync(5, first));
        Assert.Equal(12, await BookAsync(7, second));

        var handle = await first.GetHandleAsync();
        Assert.Equal(handle.FirstExecutionRunId, (await second.GetHandleAsync()).FirstExecutionRunId);
        await handle.SignalAsync(ledger => ledger.FinishAsync());
        Assert.Equal(12, await handle.GetResultAsync());
    });

    [Fact]
    public async Task Update_WhenItStartsTheWorkflow_IsInItsFirstTask() => await WithWorkerAsync(async queue =>
    {
        var start = Start(queue);
        await BookAsync(5, start);

        Assert.Equal(
            [
                EventType.WorkflowExecutionStarted,
                EventType.WorkflowTaskScheduled,
                EventType.WorkflowTaskStarted,
                EventType.WorkflowTaskCompleted,
                EventType.WorkflowExecutionUpdateAccepted,
                EventType.WorkflowExecutionUpdateCompleted,
            ],
            await SdkEngine.EventTypesAsync(await start.GetHandleAsync()));
    });

    [Fact]
    public async Task Update_WhenItIsRejected_LeavesTheStartedWorkflowWithoutATraceOfIt() =>
        await WithWorkerAsync(async queue =>
        {
            var start = Start(queue);

            var failed = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => BookAsync(-1, start));

            Assert.Equal("BadAmount", Assert.IsType<ApplicationFailureException>(failed.InnerException).ErrorType);
            var handle = await start.GetHandleAsync();
            Assert.Equal(WorkflowExecutionStatus.Running, (await handle.DescribeAsync()).Status);
            Assert.DoesNotContain(
                EventType.WorkflowExecutionUpdateAccepted, await SdkEngine.EventTypesAsync(handle));
        });

    [Fact]
    public async Task Update_WhenTheRunningWorkflowIsAConflict_IsNotDone() => await WithWorkerAsync(async queue =>
    {
        var first = Start(queue);
        await BookAsync(5, first);
        var conflict = Start(queue, WorkflowIdConflictPolicy.Fail);

        var refused = await Assert.ThrowsAsync<WorkflowAlreadyStartedException>(() => BookAsync(7, conflict));

        Assert.Equal(_workflow, refused.WorkflowId);
        await Assert.ThrowsAsync<WorkflowAlreadyStartedException>(() => conflict.GetHandleAsync());
        Assert.Equal([5], await (await first.GetHandleAsync()).QueryAsync(ledger => ledger.Booked()));
    });

    [Fact]
    public async Task Update_WhenItIsAskedForAgain_IsTheSameAlsoAfterTheWorkflowHasEnded() =>
        await WithWorkerAsync(async queue =>
        {
            var id = SdkEngine.NewName("update");
            var start = Start(queue);
            await BookAsync(5, start, id);

            Assert.Equal(5, await BookAsync(900, Start(queue), id));
            var handle = await start.GetHandleAsync();
            await handle.SignalAsync(ledger => ledger.FinishAsync());
            Assert.Equal(5, await handle.GetResultAsync());
            Assert.Equal(5, await BookAsync(900, Start(queue), id));
            var last = (await SdkEngine.DescribeRawAsync(handle)).WorkflowExecutionInfo;
            Assert.Equal(handle.FirstExecutionRunId, last.Execution.RunId);
        });

    [Fact]
    public async Task Update_WhenItIsOnlyStarted_IsAcceptedAndCompletesLater() => await WithWorkerAsync(async queue =>
    {
        var start = Start(queue);
        var update = await engine.Client.StartUpdateWithStartWorkflowAsync(
            (LedgerWorkflow ledger) => ledger.BookWhenReleasedAsync(5), new(start, WorkflowUpdateStage.Accepted));
        var handle = await start.GetHandleAsync();
        await handle.SignalAsync(ledger => ledger.ReleaseAsync());

        Assert.Equal(5, await update.GetResultAsync());
        Assert.Equal(_workflow, update.WorkflowId);
    });

    private Task<int> BookAsync(
        int amount, WithStartWorkflowOperation<WorkflowHandle<LedgerWorkflow, int>> start, string? id = null) =>
        engine.Client.ExecuteUpdateWithStartWorkflowAsync(
            (LedgerWorkflow ledger) => ledger.BookAsync(amount), new(id ?? SdkEngine.NewName("update"), start));

    private WithStartWorkflowOperation<WorkflowHandle<LedgerWorkflow, int>> Start(
        string queue, WorkflowIdConflictPolicy policy = WorkflowIdConflictPolicy.UseExisting) =>
        WithStartWorkflowOperation.Create(
            (LedgerWorkflow ledger) => ledger.RunAsync(0), new(_workflow, queue) { IdConflictPolicy = policy });

    private Task WithWorkerAsync(Func<string, Task> body) =>
        engine.WithWorkerAsync(options => options.AddWorkflow<LedgerWorkflow>(), body);
}
