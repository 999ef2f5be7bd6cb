using Temporalio.Workflows;

namespace AugmentedOS.Testing.Tests.Replay;

/// <summary>Every test's runs are replayed.</summary>
public sealed class ReplayTests
{
    [Fact]
    public async Task Disposal_WhenAWorkflowIsNotDeterministic_NamesItAndTheEventAndBothSides()
    {
        var test = await WorkflowTest.StartAsync(worker => worker
            .AddWorkflow<FickleWorkflow>().AddAllActivities(new Shop()));
        await test.ExecuteWorkflowAsync((FickleWorkflow fickle) => fickle.RunAsync());

        var failure = await Assert.ThrowsAsync<WorkflowTestException>(() => test.DisposeAsync().AsTask());

        Assert.Contains("FickleWorkflow 'FickleWorkflow-1' does not replay", failure.Message);
        Assert.Contains("does something else at event 5 than it did when it ran", failure.Message);
        Assert.Matches("history: .*imer", failure.Message);
        Assert.Matches(@"code: .*activity.*Charge.*, in .*ReplayTests\.cs:\d+", failure.Message);
        Assert.Contains("Use Workflow.UtcNow", failure.Message);
    }

    [Fact]
    public async Task Disposal_WhenReplayIsSwitchedOff_SaysNothing()
    {
        await using var test = await WorkflowTest.StartAsync(
            worker => worker.AddWorkflow<FickleWorkflow>().AddAllActivities(new Shop()), new() { Replays = false });

        await test.ExecuteWorkflowAsync((FickleWorkflow fickle) => fickle.RunAsync());
    }

    [Fact]
    public async Task Verify_WhenAWorkflowIsStillOpen_ReplaysWhatItDidSoFar()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker
            .AddWorkflow<OrderWorkflow>().AddAllActivities(new Shop()));
        await test.StartWorkflowAsync((OrderWorkflow order) => order.RunAsync("o-1"));
        await test.DelayAsync(TimeSpan.FromDays(1));

        await test.VerifyAsync();
    }

    /// <summary>Sleeps when it runs, and charges when it is replayed.</summary>
    [Workflow]
    public sealed class FickleWorkflow
    {
        [WorkflowRun]
        public async Task RunAsync()
        {
            if (!Workflow.Unsafe.IsReplaying)
            {
                await Workflow.DelayAsync(TimeSpan.FromHours(1));
                return;
            }

            await Workflow.ExecuteActivityAsync(
                (IShop shop) => shop.ChargeAsync("o", 1), new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) });
        }
    }
}
