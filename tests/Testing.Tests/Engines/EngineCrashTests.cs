using AugmentedOS.Engine.Hosting;
using AugmentedOS.Testing.Engines;
using AugmentedOS.Testing.Histories;

namespace AugmentedOS.Testing.Tests.Engines;

/// <summary>The engine goes and comes back.</summary>
public sealed class EngineCrashTests
{
    [Fact]
    public async Task Workflow_WhenTheEngineGoesWhileItSleeps_WakesInTime()
    {
        await using var test = await WorkflowTest.StartAsync(
            worker => worker.AddWorkflow<OrderWorkflow>().AddAllActivities(new Shop()),
            new() { Engine = TestEngine.InFile() });
        var began = await test.GetCurrentTimeAsync();
        var order = await test.StartWorkflowAsync((OrderWorkflow workflow) => workflow.RunAsync("o-1"));
        await test.DelayAsync(TimeSpan.FromDays(10));

        await test.CrashEngineAsync();

        Assert.InRange(
            await test.GetCurrentTimeAsync() - began, TimeSpan.FromDays(10), TimeSpan.FromDays(10.01));
        Assert.Equal("expired", await order.GetResultAsync());
        Assert.InRange(
            await test.GetCurrentTimeAsync() - began, TimeSpan.FromDays(30), TimeSpan.FromDays(30.01));
    }

    [Fact]
    public async Task Result_WhenTheEngineGoesWhileItIsAwaited_StillComes()
    {
        await using var test = await WorkflowTest.StartAsync(
            worker => worker.AddWorkflow<OrderWorkflow>(), new() { Engine = TestEngine.InFile() });
        var reached = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var charge = test.Activity((IShop shop) => shop.ChargeAsync(default!, default)).Returns(async _ =>
        {
            reached.TrySetResult();
            await goOn.Task;
            return "receipt";
        });
        test.Activity((IShop shop) => shop.ShipAsync(default!)).Completes();
        await test.DelayAsync(TimeSpan.FromDays(3));
        var order = await test.StartWorkflowAsync((OrderWorkflow workflow) => workflow.RunAsync("o-1"));
        await order.SignalAsync(workflow => workflow.ApproveAsync("lead"));
        var result = order.GetResultAsync();
        await reached.Task;
        var went = await test.GetCurrentTimeAsync();

        await test.CrashEngineAsync();
        Assert.InRange(await test.GetCurrentTimeAsync() - went, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        goOn.SetResult();

        Assert.Equal("receipt", await result);
        charge.WasCalled(times: 1);
    }

    [Fact]
    public async Task WorkerAndEngine_WhenBothGo_LeaveTheWorkflowWhereItWas()
    {
        var shop = new Shop();
        await using var test = await WorkflowTest.StartAsync(
            worker => worker.AddWorkflow<OrderWorkflow>().AddAllActivities(shop),
            new() { Engine = TestEngine.InFile() });
        var order = await test.StartWorkflowAsync((OrderWorkflow workflow) => workflow.RunAsync("o-1"));
        await test.WaitForAsync(order, HistoryStep.Timer(TimeSpan.FromDays(30)));

        await test.StopWorkerAsync();
        await test.CrashEngineAsync();
        await test.StartWorkerAsync();
        await order.SignalAsync(workflow => workflow.ApproveAsync("lead"));

        Assert.Equal("receipt of o-1", await order.GetResultAsync());
        Assert.Equal(["charged o-1", "shipped o-1"], shop.Did);
    }

    [Fact]
    public async Task Engine_WhenItIsInMemory_CannotComeBack()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker.AddWorkflow<NapWorkflow>());

        var failure = await Assert.ThrowsAsync<WorkflowTestException>(test.CrashEngineAsync);

        Assert.Contains("TestEngine.InFile()", failure.Message);
        await test.ExecuteWorkflowAsync((NapWorkflow nap) => nap.RunAsync(TimeSpan.FromDays(1)));
    }

    [Fact]
    public async Task Engine_WhenItsTimeIsNotSkipped_RunsInTheMachines()
    {
        await using var test = await WorkflowTest.StartAsync(
            worker => worker.AddWorkflow<NapWorkflow>(),
            new() { Engine = TestEngine.InMemory(options => options.TimeSkipping = TimeSkipping.Off) });

        Assert.False(test.SupportsTimeSkipping);
        await test.ExecuteWorkflowAsync((NapWorkflow nap) => nap.RunAsync(TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public async Task Engine_WhenItIsBorrowed_ServesSeveralTests()
    {
        await using var owner = await WorkflowTest.StartAsync(worker => worker.AddWorkflow<NapWorkflow>());
        await using (var first = await WorkflowTest.StartAsync(
            worker => worker.AddWorkflow<NapWorkflow>(), new() { Engine = TestEngine.Of(owner) }))
        {
            await first.ExecuteWorkflowAsync((NapWorkflow nap) => nap.RunAsync(TimeSpan.FromDays(1)));
            var failure = await Assert.ThrowsAsync<WorkflowTestException>(first.CrashEngineAsync);
            Assert.Contains("was there before the test", failure.Message);
        }

        await using var second = await WorkflowTest.StartAsync(
            worker => worker.AddWorkflow<NapWorkflow>(), new() { Engine = TestEngine.Of(owner) });
        await second.ExecuteWorkflowAsync((NapWorkflow nap) => nap.RunAsync(TimeSpan.FromDays(1)));
        Assert.Equal(2, (await owner.ListWorkflowsAsync()).Count);
    }
}
