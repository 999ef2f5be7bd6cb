using AugmentedOS.Testing.Histories;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;
using Temporalio.Workflows;
using TimeoutType = Temporalio.Api.Enums.V1.TimeoutType;

namespace AugmentedOS.Testing.Tests.Activities;

/// <summary>Activities that hang, in skipped time.</summary>
public sealed class HangingActivityTests
{
    [Fact]
    public async Task Activity_WhenItTimesOutOnce_IsTriedAgain()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker.AddWorkflow<PatientWorkflow>());
        var charge = test.Activity((IShop shop) => shop.ChargeAsync(default!, default)).TimesOut(times: 1)
            .Returns("receipt");
        var began = await test.GetCurrentTimeAsync();

        Assert.Equal("receipt", await test.ExecuteWorkflowAsync((PatientWorkflow patient) => patient.RunAsync(new())));

        Assert.Equal([1, 2], charge.Calls.Select(call => call.Attempt));
        Assert.InRange(
            await test.GetCurrentTimeAsync() - began, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(11));
    }

    [Theory]
    [InlineData(null, TimeoutType.StartToClose)]
    [InlineData(1, TimeoutType.Heartbeat)]
    public async Task Activity_WhenItTimesOutForGood_FailsTheWorkflowWithItsTimeout(
        int? heartbeat, TimeoutType expected)
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker.AddWorkflow<PatientWorkflow>());
        test.Activity((IShop shop) => shop.ChargeAsync(default!, default)).TimesOut();

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => test.ExecuteWorkflowAsync(
            (PatientWorkflow patient) => patient.RunAsync(new() { HeartbeatMinutes = heartbeat, Attempts = 2 })));

        Assert.Equal(
            expected, Assert.IsType<TimeoutFailureException>(failure.InnerException!.InnerException).TimeoutType);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    public async Task Activity_WhenItIsCancelledWhileItHangs_EndsAsCancelled(int? heartbeat)
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker.AddWorkflow<PatientWorkflow>());
        var charge = test.Activity((IShop shop) => shop.ChargeAsync(default!, default)).HangsUntilCancelled();
        var patient = await test.StartWorkflowAsync((PatientWorkflow workflow) => workflow.RunAsync(
            new() { HeartbeatMinutes = heartbeat, CancelAfterMinutes = 5 }));

        Assert.Equal("cancelled", await patient.GetResultAsync());

        charge.WasCalled(times: 1);
        (await patient.FetchHistoryAsync()).Should().HaveInOrder(
            HistoryStep.Activity("Charge"),
            HistoryStep.Timer(TimeSpan.FromMinutes(5)),
            HistoryStep.Event(EventType.ActivityTaskCancelRequested),
            HistoryStep.Event(EventType.ActivityTaskCanceled),
            HistoryStep.Event(EventType.WorkflowExecutionCompleted));
    }

    [Fact]
    public async Task Activity_WhenItHangsAndIsNeverCancelled_TimesOut()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker.AddWorkflow<PatientWorkflow>());
        test.Activity((IShop shop) => shop.ChargeAsync(default!, default)).HangsUntilCancelled();

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => test.ExecuteWorkflowAsync(
            (PatientWorkflow patient) => patient.RunAsync(new() { HeartbeatMinutes = 1, Attempts = 1 })));

        Assert.Equal(
            TimeoutType.StartToClose,
            Assert.IsType<TimeoutFailureException>(failure.InnerException!.InnerException).TimeoutType);
    }

    [Fact]
    public async Task Test_WhenItEndsWhileAnActivityHangs_Ends()
    {
        var test = await WorkflowTest.StartAsync(worker => worker.AddWorkflow<PatientWorkflow>());
        var charge = test.Activity((IShop shop) => shop.ChargeAsync(default!, default)).TimesOut();
        await test.StartWorkflowAsync((PatientWorkflow patient) => patient.RunAsync(new()));
        await test.DelayAsync(TimeSpan.FromMinutes(1));

        await test.DisposeAsync();

        charge.WasCalled(times: 1);
    }

    [Fact]
    public async Task Delay_WhenAnActivityHangs_PassesAsFarAsAsked()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker.AddWorkflow<PatientWorkflow>());
        test.Activity((IShop shop) => shop.ChargeAsync(default!, default)).TimesOut(times: 1).Returns("receipt");
        var patient = await test.StartWorkflowAsync((PatientWorkflow workflow) => workflow.RunAsync(new()));

        await test.DelayAsync(TimeSpan.FromMinutes(9));
        Assert.Equal(WorkflowExecutionStatus.Running, (await patient.DescribeAsync()).Status);
        await test.DelayAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(WorkflowExecutionStatus.Completed, (await patient.DescribeAsync()).Status);
    }

    public sealed record Plan
    {
        public int? HeartbeatMinutes { get; init; }

        public int? CancelAfterMinutes { get; init; }

        public int Attempts { get; init; }
    }

    /// <summary>Gives an activity ten minutes, and perhaps cancels it before.</summary>
    [Workflow]
    public sealed class PatientWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync(Plan plan)
        {
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Workflow.CancellationToken);
            var charging = Workflow.ExecuteActivityAsync((IShop shop) => shop.ChargeAsync("o", 1), new()
            {
                StartToCloseTimeout = TimeSpan.FromMinutes(10),
                HeartbeatTimeout = plan.HeartbeatMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
                CancellationType = ActivityCancellationType.WaitCancellationCompleted,
                CancellationToken = cancel.Token,
                RetryPolicy = new() { MaximumAttempts = plan.Attempts },
            });
            if (plan.CancelAfterMinutes is { } until)
            {
                await Workflow.DelayAsync(TimeSpan.FromMinutes(until));
                cancel.Cancel();
            }

            try
            {
                return await charging;
            }
            catch (ActivityFailureException cancelled) when (TemporalException.IsCanceledException(cancelled))
            {
                return "cancelled";
            }
        }
    }
}
