using AugmentedOS.Testing.Histories;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;
using Temporalio.Workflows;
using Xunit.Sdk;

namespace AugmentedOS.Testing.Tests.Activities;

/// <summary>What stands in for activities, and what is seen of calls.</summary>
public sealed class ActivityFakeTests
{
    private static Task<WorkflowTest> StartAsync() =>
        WorkflowTest.StartAsync(worker => worker.AddWorkflow<OrderWorkflow>());

    private static async Task<string> RunAsync(WorkflowTest test)
    {
        var order = await test.StartWorkflowAsync((OrderWorkflow workflow) => workflow.RunAsync("o-1"));
        await order.SignalAsync(workflow => workflow.ApproveAsync("lead"));
        return await order.GetResultAsync();
    }

    [Fact]
    public async Task Activity_WhenItIsFaked_ReturnsWhatTheTestSays()
    {
        await using var test = await StartAsync();
        var charge = test.Activity((IShop shop) => shop.ChargeAsync(default!, default)).Returns("receipt");
        var ship = test.Activity((IShop shop) => shop.ShipAsync(default!)).Completes();

        Assert.Equal("receipt", await RunAsync(test));

        var call = Assert.Single(charge.WasCalled(times: 1).Calls);
        Assert.Equal(["o-1", 12.50m], call.Arguments);
        Assert.Equal(("o-1", 12.50m, 1), (call.Argument<string>(0), call.Argument<decimal>(1), call.Attempt));
        Assert.Equal("OrderWorkflow-1", call.Info.WorkflowId);
        ship.WasCalled();
    }

    [Fact]
    public async Task Activity_WhenItIsFakedByName_ReturnsWhatAFunctionSays()
    {
        await using var test = await StartAsync();
        test.Activity<string>("Charge").Returns(call => $"{call.Argument<string>(0)} for {call.Argument<decimal>(1)}");
        test.Activity<ValueTuple>("Ship").Completes();

        Assert.Equal("o-1 for 12.50", await RunAsync(test));
    }

    [Fact]
    public async Task Activity_WhenItsFakeIsAsynchronous_IsAwaited()
    {
        await using var test = await StartAsync();
        test.Activity((IShop shop) => shop.ChargeAsync(default!, default)).Returns(async call =>
        {
            await Task.Yield();
            return call.Activity;
        });
        test.Activity((IShop shop) => shop.ShipAsync(default!)).Completes();

        Assert.Equal("Charge", await RunAsync(test));
    }

    [Fact]
    public async Task Activity_WhenItReturnsASequence_StaysAtTheLast()
    {
        await using var test = await StartAsync();
        test.Activity((IShop shop) => shop.ChargeAsync(default!, default)).Returns("first", "second");
        test.Activity((IShop shop) => shop.ShipAsync(default!)).Completes();

        Assert.Equal(
            ["first", "second", "second"], [await RunAsync(test), await RunAsync(test), await RunAsync(test)]);
    }

    [Fact]
    public async Task Activity_WhenItFailsTwice_IsTriedAgainInTheEnginesTime()
    {
        var shop = new Shop();
        await using var test = await WorkflowTest.StartAsync(worker => worker
            .AddWorkflow<OrderWorkflow>().AddAllActivities(shop));
        var charge = test.Activity((IShop shop) => shop.ChargeAsync(default!, default)).Fails(times: 2).Runs();

        Assert.Equal("receipt of o-1", await RunAsync(test));

        Assert.Equal([1, 2, 3], charge.Calls.Select(call => call.Attempt));
        Assert.InRange(charge.Calls[1].Time - charge.Calls[0].Time, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1.5));
        Assert.Equal(["charged o-1", "shipped o-1"], shop.Did);
    }

    [Fact]
    public async Task Activity_WhenItThrowsForGood_FailsTheWorkflow()
    {
        await using var test = await StartAsync();
        var charge = test.Activity((IShop shop) => shop.ChargeAsync(default!, default))
            .Throws(new ApplicationFailureException("no money", "Declined", nonRetryable: true));

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => RunAsync(test));

        var cause = Assert.IsType<ApplicationFailureException>(failure.InnerException!.InnerException);
        Assert.Equal(("no money", "Declined"), (cause.Message, cause.ErrorType));
        charge.WasCalled(times: 1);
    }

    [Fact]
    public async Task Activity_WhenNobodySaysWhatItDoes_FailsTheTestAndListsWhatIsFaked()
    {
        var test = await StartAsync();
        test.Activity((IShop shop) => shop.ChargeAsync(default!, default)).Fails(times: 1).Returns("receipt");

        var failure = await Assert.ThrowsAsync<WorkflowTestException>(() => RunAsync(test));

        Assert.StartsWith(
            "OrderWorkflow 'OrderWorkflow-1' called activity 'Ship', and nothing says what it does.", failure.Message);
        Assert.Contains("faked: Charge (fails 1 times, then returns receipt)", failure.Message);
        Assert.Contains("registered: nothing", failure.Message);
        Assert.Contains("""called: Ship("o-1") attempt 1""", failure.Message);
        await Assert.ThrowsAsync<WorkflowTestException>(() => test.DisposeAsync().AsTask());
    }

    [Fact]
    public async Task Calls_WhenTheyDiffer_ArePrinted()
    {
        await using var test = await StartAsync();
        var charge = test.Activity((IShop shop) => shop.ChargeAsync(default!, default)).Returns("receipt");
        test.Activity((IShop shop) => shop.ShipAsync(default!)).Completes();
        await RunAsync(test);

        var failure = Assert.ThrowsAny<XunitException>(() => charge.WasCalled(times: 2));

        Assert.StartsWith(
            "Expected activity 'Charge' to be called 2 times, but it was called 1 times.", failure.Message);
        Assert.Contains("""Charge("o-1", 12.50) attempt 1 of OrderWorkflow 'OrderWorkflow-1' at""", failure.Message);
        Assert.ThrowsAny<XunitException>(charge.WasNotCalled);
    }

    [Fact]
    public async Task Calls_WhenTheActivityIsReal_AreSeenToo()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker
            .AddWorkflow<OrderWorkflow>().AddAllActivities(new Shop()));
        await RunAsync(test);

        test.Activity((IShop shop) => shop.ChargeAsync(default!, default)).WasCalled(times: 1);
    }

    [Fact]
    public async Task Activity_WhenItIsStaticOrLocal_IsFakedToo()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker.AddWorkflow<LocalWorkflow>());
        test.Activity(() => LocalActivities.Add(default, default)).Returns(42);
        test.Activity(() => LocalActivities.Note(default!)).Completes();

        Assert.Equal(42, await test.ExecuteWorkflowAsync((LocalWorkflow local) => local.RunAsync()));
    }

    [Fact]
    public async Task Expression_WhenItNamesNoActivity_SaysWhatToWrite()
    {
        await using var test = await StartAsync();

        Assert.Contains(
            "[Activity]", Assert.Throws<WorkflowTestException>(() => test.Activity((string s) => s.Trim())).Message);
        Assert.Contains(
            "does not call an activity",
            Assert.Throws<WorkflowTestException>(() => test.Activity((string s) => s.Length)).Message);
        test.Activity<string>("Charge");
        Assert.Contains(
            "another result", Assert.Throws<WorkflowTestException>(() => test.Activity<int>("Charge")).Message);
    }

    [Fact]
    public async Task Activity_WhenItTakesLongerThanItMay_TimesOut()
    {
        await using var test = await StartAsync();
        var charge = test.Activity((IShop shop) => shop.ChargeAsync(default!, default))
            .Takes(TimeSpan.FromMinutes(3)).Returns("slow receipt");
        test.Activity((IShop shop) => shop.ShipAsync(default!)).Takes(TimeSpan.FromMinutes(6)).Completes();
        var began = await test.GetCurrentTimeAsync();
        var order = await test.StartWorkflowAsync((OrderWorkflow workflow) => workflow.RunAsync("o-1"));
        await order.SignalAsync(workflow => workflow.ApproveAsync("lead"));

        await Assert.ThrowsAsync<WorkflowFailedException>(() => order.GetResultAsync());

        charge.WasCalled(times: 1);
        (await order.FetchHistoryAsync()).Should()
            .Have(HistoryStep.Event(EventType.ActivityTaskTimedOut), times: 1)
            .HaveEndedWith(EventType.WorkflowExecutionFailed);
        Assert.True(await test.GetCurrentTimeAsync() - began >= TimeSpan.FromMinutes(3 + (5 * 5)));
    }

    [Workflow]
    public sealed class LocalWorkflow
    {
        [WorkflowRun]
        public async Task<int> RunAsync()
        {
            await Workflow.ExecuteActivityAsync(
                () => LocalActivities.Note("x"), new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) });
            return await Workflow.ExecuteLocalActivityAsync(
                () => LocalActivities.Add(1, 2), new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) });
        }
    }

    public static class LocalActivities
    {
        [Activity]
        public static int Add(int left, int right) => left + right;

        [Activity]
        public static void Note(string text) => Assert.NotEmpty(text);
    }
}
