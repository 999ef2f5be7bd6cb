using Temporalio.Workflows;

namespace AugmentedOS.Testing.Tests.Workers;

/// <summary>What goes wrong in the worker is heard by who waits.</summary>
public sealed class WorkerTroubleTests
{
    [Fact]
    public async Task Result_WhenATaskOfTheWorkflowFails_IsAFailureThatSaysWhy()
    {
        var test = await WorkflowTest.StartAsync(worker => worker.AddWorkflow<BrokenWorkflow>());

        var failure = await Assert.ThrowsAsync<WorkflowTestException>(
            () => test.ExecuteWorkflowAsync((BrokenWorkflow broken) => broken.RunAsync()));

        Assert.Contains("BrokenWorkflow 'BrokenWorkflow-1' failed with NotSupportedException: no", failure.Message);
        Assert.Contains("throw an ApplicationFailureException", failure.Message);
        Assert.IsType<NotSupportedException>(failure.InnerException);
        await Assert.ThrowsAsync<WorkflowTestException>(() => test.DisposeAsync().AsTask());
    }

    [Fact]
    public async Task Result_WhenFailedTasksAreTolerated_IsWaitedFor()
    {
        await using var test = await WorkflowTest.StartAsync(
            worker => worker.AddWorkflow<MendedWorkflow>(), new() { ToleratesFailedTasks = true });
        MendedWorkflow.IsMended = false;
        var handle = await test.StartWorkflowAsync((MendedWorkflow mended) => mended.RunAsync());

        MendedWorkflow.IsMended = true;

        Assert.Equal("mended", await handle.GetResultAsync());
    }

    [Fact]
    public async Task Worker_WhenItRestarts_GoesOnFromHistory()
    {
        var shop = new Shop();
        await using var test = await WorkflowTest.StartAsync(worker => worker
            .AddWorkflow<OrderWorkflow>().AddAllActivities(shop));
        var order = await test.StartWorkflowAsync((OrderWorkflow workflow) => workflow.RunAsync("o-1"));
        await test.DelayAsync(TimeSpan.FromDays(1));

        await test.RestartWorkerAsync();
        await order.SignalAsync(workflow => workflow.ApproveAsync("lead"));

        Assert.Equal("receipt of o-1", await order.GetResultAsync());
        Assert.Equal(["charged o-1", "shipped o-1"], shop.Did);
    }

    [Fact]
    public async Task Worker_WhenItRunsAlready_IsNotStartedTwice()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker.AddWorkflow<NapWorkflow>());

        var failure = await Assert.ThrowsAsync<WorkflowTestException>(test.StartWorkerAsync);

        Assert.Contains("StopWorkerAsync", failure.Message);
    }

    [Workflow]
    public sealed class BrokenWorkflow
    {
        [WorkflowRun]
        public Task RunAsync() => throw new NotSupportedException("no");
    }

    [Workflow]
    public sealed class MendedWorkflow
    {
        private static volatile bool _isMended;

        public static bool IsMended
        {
            get => _isMended;
            set => _isMended = value;
        }

        [WorkflowRun]
        public Task<string> RunAsync() =>
            IsMended ? Task.FromResult("mended") : throw new NotSupportedException("not yet");
    }
}
