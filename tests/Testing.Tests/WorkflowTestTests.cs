using AugmentedOS.Testing.Histories;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Client.Schedules;
using Temporalio.Exceptions;
using Temporalio.Testing;
using Temporalio.Worker;

namespace AugmentedOS.Testing.Tests;

/// <summary>The test's engine, its worker, and time.</summary>
public sealed class WorkflowTestTests
{
    private static readonly TimeSpan Nearly = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Result_WhenTheWorkflowSleepsForAMonth_IsThereAtOnce()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker.AddWorkflow<NapWorkflow>());
        var began = await test.GetCurrentTimeAsync();

        var ended = await test.ExecuteWorkflowAsync((NapWorkflow nap) => nap.RunAsync(TimeSpan.FromDays(30)));

        Near(began.AddDays(30), ended);
    }

    [Fact]
    public async Task Order_WhenItIsApproved_IsShipped()
    {
        var shop = new Shop();
        await using var test = await WorkflowTest.StartAsync(worker => worker
            .AddWorkflow<OrderWorkflow>().AddAllActivities(shop));

        var order = await test.StartWorkflowAsync((OrderWorkflow workflow) => workflow.RunAsync("o-1"));
        await order.SignalAsync(workflow => workflow.ApproveAsync("lead"));

        Assert.Equal("receipt of o-1", await order.GetResultAsync());
        Assert.Equal(["charged o-1", "shipped o-1"], shop.Did);
    }

    [Fact]
    public async Task Delay_WhenAWorkflowWaits_MovesItThatFarAndNoFurther()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker
            .AddWorkflow<OrderWorkflow>().AddAllActivities(new Shop()));
        var order = await test.StartWorkflowAsync((OrderWorkflow workflow) => workflow.RunAsync("o-1"));

        await test.DelayAsync(TimeSpan.FromDays(29));
        Assert.Equal(WorkflowExecutionStatus.Running, (await order.DescribeAsync()).Status);
        await test.DelayAsync(TimeSpan.FromDays(2));

        Assert.Equal(WorkflowExecutionStatus.Completed, (await order.DescribeAsync()).Status);
        Assert.Equal("expired", await order.GetResultAsync());
    }

    [Fact]
    public async Task Update_WhenItsHandlerSleeps_IsSkippedTo()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker
            .AddWorkflow<OrderWorkflow>().AddAllActivities(new Shop()));
        var order = await test.StartWorkflowAsync((OrderWorkflow workflow) => workflow.RunAsync("o-1"));

        var began = await test.GetCurrentTimeAsync();

        Assert.Equal("thought", await order.ExecuteUpdateAsync(workflow => workflow.ThinkAsync(TimeSpan.FromDays(3))));

        Near(began.AddDays(3), await test.GetCurrentTimeAsync());
        Assert.Equal(WorkflowExecutionStatus.Running, (await order.DescribeAsync()).Status);
    }

    [Fact]
    public async Task Update_WhenItIsAnsweredOrRefusedAtOnce_LeavesTimeAlone()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker
            .AddWorkflow<OrderWorkflow>().AddAllActivities(new Shop()));
        var order = await test.StartWorkflowAsync((OrderWorkflow workflow) => workflow.RunAsync("o-1"));
        await test.WaitForAsync(order, HistoryStep.Timer(TimeSpan.FromDays(30)));
        var began = await test.GetCurrentTimeAsync();

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(0, await order.ExecuteUpdateAsync(workflow => workflow.CountAsync(0)));
            await Assert.ThrowsAsync<WorkflowUpdateFailedException>(
                () => order.ExecuteUpdateAsync(workflow => workflow.CountAsync(1)));
        }

        Near(began, await test.GetCurrentTimeAsync());
        Assert.Equal(WorkflowExecutionStatus.Running, (await order.DescribeAsync()).Status);
    }

    [Fact]
    public async Task Result_WhenItIsThereBefore_LeavesTimeAlone()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker.AddWorkflow<NapWorkflow>());
        await test.StartWorkflowAsync((NapWorkflow nap) => nap.RunAsync(TimeSpan.FromDays(30)));
        var began = await test.GetCurrentTimeAsync();

        for (var i = 0; i < 10; i++)
        {
            var nap = await test.StartWorkflowAsync(
                (NapWorkflow workflow) => workflow.RunAsync(TimeSpan.FromMilliseconds(1)));
            await test.WaitForAsync(nap, HistoryStep.Event(EventType.WorkflowExecutionCompleted));
            await nap.GetResultAsync();
        }

        Near(began, await test.GetCurrentTimeAsync());
    }

    [Fact]
    public async Task Result_WhenAnotherWorkflowSleepsLonger_LeavesTimeWhereItCame()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker.AddWorkflow<NapWorkflow>());
        var began = await test.GetCurrentTimeAsync();
        var longer = await test.StartWorkflowAsync((NapWorkflow nap) => nap.RunAsync(TimeSpan.FromDays(30)));

        await test.ExecuteWorkflowAsync((NapWorkflow nap) => nap.RunAsync(TimeSpan.FromDays(3)));

        Near(began.AddDays(3), await test.GetCurrentTimeAsync());
        Assert.Equal(WorkflowExecutionStatus.Running, (await longer.DescribeAsync()).Status);
    }

    [Fact]
    public async Task Update_WhenItStartsItsWorkflow_IsSkippedTo()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker
            .AddWorkflow<OrderWorkflow>().AddAllActivities(new Shop()));
        var start = WithStartWorkflowOperation.Create(
            (OrderWorkflow workflow) => workflow.RunAsync("o-1"),
            new("order", test.TaskQueue) { IdConflictPolicy = WorkflowIdConflictPolicy.Fail });

        Assert.Equal("thought", await test.Client.ExecuteUpdateWithStartWorkflowAsync(
            (OrderWorkflow workflow) => workflow.ThinkAsync(TimeSpan.FromDays(3)), new(start)));

        Assert.Equal("order", (await start.GetHandleAsync()).Id);
    }

    [Fact]
    public async Task Children_WhenTheySleepForDays_AreSkippedTo()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker
            .AddWorkflow<NurseryWorkflow>().AddWorkflow<NapWorkflow>());

        Assert.Equal(3, await test.ExecuteWorkflowAsync((NurseryWorkflow nursery) => nursery.RunAsync(3)));
    }

    [Fact]
    public async Task Schedule_WhenDaysAreSkipped_StartsItsWorkflowOnEach()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker.AddWorkflow<NapWorkflow>());
        await test.Client.CreateScheduleAsync("daily", new Schedule(
            ScheduleActionStartWorkflow.Create(
                (NapWorkflow nap) => nap.RunAsync(TimeSpan.FromHours(1)), new WorkflowOptions("daily", test.TaskQueue)),
            new ScheduleSpec { Intervals = [new ScheduleIntervalSpec(TimeSpan.FromDays(1))] }));

        await test.DelayAsync(TimeSpan.FromDays(3.5));

        var completed = await test.ListWorkflowsAsync("ExecutionStatus = 'Completed'");
        Assert.InRange(completed.Count, 3, 4);
    }

    [Fact]
    public async Task Waits_WhenThereAreSeveralAtATime_AllEnd()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker.AddWorkflow<NapWorkflow>());

        await Task.WhenAll(Enumerable.Range(1, 5).Select(days =>
            test.ExecuteWorkflowAsync((NapWorkflow nap) => nap.RunAsync(TimeSpan.FromDays(days)))));

        Assert.Equal(5, (await test.ListWorkflowsAsync()).Count);
    }

    [Fact]
    public async Task Environment_WhenItIsUsedAsTheSdks_DoesTheSame()
    {
        await using WorkflowEnvironment environment = await WorkflowTest.StartAsync(
            worker => worker.AddWorkflow<NapWorkflow>());
        Assert.True(environment.SupportsTimeSkipping);
        var queue = $"queue-{Guid.NewGuid():N}";
        using var another = new TemporalWorker(
            environment.Client, new TemporalWorkerOptions(queue).AddWorkflow<NapWorkflow>());

        await another.ExecuteAsync(() => environment.Client.ExecuteWorkflowAsync(
            (NapWorkflow nap) => nap.RunAsync(TimeSpan.FromDays(30)), new("nap", queue)));
    }

    [Fact]
    public async Task Time_WhenSkippingIsDisabled_PassesByItself()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker.AddWorkflow<NapWorkflow>());
        var began = await test.GetCurrentTimeAsync();

        await test.WithAutoTimeSkippingDisabledAsync(() =>
            test.ExecuteWorkflowAsync((NapWorkflow nap) => nap.RunAsync(TimeSpan.FromMilliseconds(50))));

        Assert.True(await test.GetCurrentTimeAsync() - began < Nearly);
    }

    [Fact]
    public async Task Start_WhenTheWorkerHasNothingToDo_SaysWhatToAdd()
    {
        var failure = await Assert.ThrowsAsync<WorkflowTestException>(() => WorkflowTest.StartAsync(_ => { }));

        Assert.Contains("AddWorkflow<OrderWorkflow>()", failure.Message);
    }

    [Fact]
    public async Task Ids_WhenTheyAreLeftOut_AreTheWorkflowsNameAndANumber()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker.AddWorkflow<NapWorkflow>());

        var first = await test.StartWorkflowAsync((NapWorkflow nap) => nap.RunAsync(TimeSpan.Zero));
        var named = await test.StartWorkflowAsync(
            (NapWorkflow nap) => nap.RunAsync(TimeSpan.Zero), new() { Id = "mine" });

        Assert.Equal(("NapWorkflow-1", "mine"), (first.Id, named.Id));
    }

    [Fact]
    public async Task Wait_WhenTheWorkflowComesThere_ReturnsTheEventAndLeavesTime()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker.AddWorkflow<NapWorkflow>());
        var began = await test.GetCurrentTimeAsync();
        var nap = await test.StartWorkflowAsync((NapWorkflow workflow) => workflow.RunAsync(TimeSpan.FromDays(30)));

        var started = await test.WaitForAsync(nap, HistoryStep.Timer(TimeSpan.FromDays(30)));

        Assert.Equal(EventType.TimerStarted, started.EventType);
        Near(began, await test.GetCurrentTimeAsync());
    }

    [Fact]
    public async Task Wait_WhenTheWorkflowEndsWithoutIt_PrintsItsHistory()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker.AddWorkflow<NapWorkflow>());
        var nap = await test.StartWorkflowAsync((NapWorkflow workflow) => workflow.RunAsync(TimeSpan.FromDays(30)));
        await nap.GetResultAsync();

        var failure = await Assert.ThrowsAsync<WorkflowTestException>(
            () => test.WaitForAsync(nap, HistoryStep.Signal("Approve")));

        Assert.StartsWith("Workflow 'NapWorkflow-1' ended without 'signal 'Approve' received'.", failure.Message);
        Assert.Contains("timer 1 for 30d", failure.Message);
    }

    [Fact]
    public async Task Time_WhenSomebodyElseHasUnlockedIt_SaysWhoseItIs()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker.AddWorkflow<NapWorkflow>());
        await test.Client.Connection.TestService.UnlockTimeSkippingAsync(new());

        var failure = await Assert.ThrowsAsync<WorkflowTestException>(
            () => test.Client.GetWorkflowHandle("nap").GetResultAsync());

        Assert.Contains("Leave time to the test", failure.Message);
        await test.Client.Connection.TestService.LockTimeSkippingAsync(new());
        await test.ExecuteWorkflowAsync((NapWorkflow workflow) => workflow.RunAsync(TimeSpan.FromDays(30)));
    }

    private static void Near(DateTime expected, DateTime actual) => Assert.True(
        (expected - actual).Duration() < Nearly, $"{actual:O} is not near {expected:O}.");
}
