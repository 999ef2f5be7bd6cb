using AugmentedOS.Testing.Histories;
using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.Polling;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;
using Way = AugmentedOS.Workflows.Tests.Polling.ReportWorkflow.Way;

namespace AugmentedOS.Workflows.Tests.Polling;

/// <summary>What is different in each of the three ways to poll.</summary>
public sealed class PollWaysTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Frequent_WhenItsWorkerDies_GoesOnInAnotherAttempt()
    {
        var office = new Office(3);
        await PollScene.PlayAsync(office, Way.Frequent, async (test, report) =>
        {
            // It has begun, and nothing is heard of it any more.
            var loop = test.Activity((Office asked) => asked.LoopAsync()).TimesOut(times: 1).Runs();
            var before = await test.GetCurrentTimeAsync();

            Assert.Equal("the report", await report.GetResultAsync());
            loop.WasCalled(times: 2);
            Assert.InRange(await test.GetCurrentTimeAsync() - before, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
        });
    }

    [Fact]
    public async Task Frequent_WhenItsWorkerShutsDown_GoesOnElsewhereAndCountsOn()
    {
        var office = new Office(int.MaxValue);
        await PollScene.PlayAsync(office, Way.Frequent, async (test, report) =>
        {
            for (var end = DateTime.UtcNow + Patience; office.Asked < 5 && DateTime.UtcNow < end;)
            {
                await report.DescribeAsync();
            }

            await test.StopWorkerAsync();
            var pending = Assert.Single((await test.Client.WorkflowService.DescribeWorkflowExecutionAsync(new()
            {
                Namespace = test.Client.Options.Namespace,
                Execution = new() { WorkflowId = report.Id },
            })).PendingActivities);
            Assert.Equal("The worker shuts down: another attempt goes on asking.", pending.LastFailure.Message);

            var asked = office.Asked;
            test.Activity((Office other) => other.LoopAsync()).Runs(times: 1).Returns("given up");
            await test.StartWorkerAsync();
            for (var end = DateTime.UtcNow + Patience; office.Asked == asked && DateTime.UtcNow < end;)
            {
                await test.DelayAsync(Office.Step);
            }

            await test.StopWorkerAsync();
            await test.StartWorkerAsync();
            Assert.Equal("given up", await report.GetResultAsync());
            Assert.Equal([0, asked], office.HeartbeatsBefore);
        });
    }

    [Fact]
    public async Task Frequent_WhenItIsCalledWithoutAHeartbeatTimeout_FailsAndSaysWhatToDo() =>
        await PollScene.PlayAsync(new(1), async test =>
        {
            var failure = await Assert.ThrowsAsync<WorkflowFailedException>(
                () => test.ExecuteWorkflowAsync((UnheardWorkflow workflow) => workflow.RunAsync()));

            var error = WorkflowError.From(failure);
            Assert.Equal(ErrorKind.Poisoned, error.Kind);
            Assert.Contains("without a heartbeat timeout", error.Message, StringComparison.Ordinal);
            Assert.Contains("Poll.Frequent", error.Message, StringComparison.Ordinal);
        });

    [Fact]
    public async Task Infrequent_WhenItTakesDays_IsOneActivityInHistory() =>
        await PollScene.PlayAsync(new(readyAt: 20), Way.Infrequent, async (_, report) =>
        {
            await report.GetResultAsync();
            var started = Assert.Single((await report.FetchHistoryAsync()).Events, e => e.EventType is EventType.ActivityTaskStarted);
            Assert.Equal(20, started.ActivityTaskStartedEventAttributes.Attempt);
            Assert.InRange((await report.FetchHistoryAsync()).Events.Count, 10, 12);
        });

    [Fact]
    public async Task Infrequent_WhenTheDeadlinePasses_FailsWithWhatWasNotReady()
    {
        var office = new Office(int.MaxValue);
        await PollScene.PlayAsync(office, Way.Infrequent, async (_, report) =>
        {
            var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => report.GetResultAsync());
            Assert.IsType<ActivityFailureException>(failure.InnerException);
            Assert.Equal(
                (Poll.NotYetCode, "Not ready yet: the report"),
                WorkflowError.From(failure) is var error ? (error.Code, error.Message) : default);

            // Every hour for a day.
            Assert.InRange(office.Asked, 23, 25);
        });
    }

    [Fact]
    public async Task Infrequent_WhenTheSystemSaysWhenToComeAgain_ComesThen()
    {
        var office = new Office(int.MaxValue, TimeSpan.FromHours(8));
        await PollScene.PlayAsync(office, Way.Infrequent, async (_, report) =>
        {
            await Assert.ThrowsAsync<WorkflowFailedException>(() => report.GetResultAsync());
            Assert.InRange(office.Asked, 3, 4);
        });
    }

    [Fact]
    public async Task Infrequent_WhenItsWorkersComeAndGo_LosesNothing()
    {
        var office = new Office(6);
        await PollScene.PlayAsync(office, Way.Infrequent, async (test, report) =>
        {
            for (var deaths = 0; deaths < 3; deaths++)
            {
                await test.DelayAsync(TimeSpan.FromMinutes(61));
                await test.RestartWorkerAsync();
            }

            Assert.Equal("the report", await report.GetResultAsync());
            Assert.InRange(office.Asked, 6, 9);
        });
    }

    [Fact]
    public async Task Periodic_WhenItAsksOften_ContinuesAsNewAndCountsOn()
    {
        var office = new Office(8);
        await PollScene.PlayAsync(office, Way.Periodic, async (test, report) =>
        {
            Assert.Equal("the report", await report.GetResultAsync());
            Assert.Equal(8, office.Asked);
            var runs = await test.ListWorkflowsAsync();
            Assert.Equal(3, runs.Count);

            // Three questions, each an activity and a timer with their tasks.
            Assert.All(runs, run => Assert.InRange(run.HistoryLength, 1, 5 + (3 * 11)));
        });
    }

    [Fact]
    public async Task Periodic_WhenTheDeadlinePasses_AsksALastTimeAndFails()
    {
        var office = new Office(int.MaxValue);
        await PollScene.PlayAsync(office, Way.Periodic, async (test, report) =>
        {
            var before = await test.GetCurrentTimeAsync();
            var error = WorkflowError.From(await Assert.ThrowsAsync<WorkflowFailedException>(() => report.GetResultAsync()));

            // At 0, 1, 3, 7, 11, 15, 19, 23 and 24 hours, in three runs.
            Assert.Equal((Poll.DeadlineCode, 9), (error.Code, office.Asked));
            Assert.InRange(await test.GetCurrentTimeAsync() - before, TimeSpan.FromDays(1), TimeSpan.FromDays(1.01));
        });
    }

    [Fact]
    public async Task Periodic_WhenItIsAChild_KeepsItsParentsHistoryShort()
    {
        var office = new Office(9);
        await PollScene.PlayAsync(office, async test =>
        {
            var clerk = await test.StartWorkflowAsync((ClerkWorkflow workflow) => workflow.RunAsync());

            Assert.Equal("the report", await clerk.GetResultAsync());
            (await clerk.FetchHistoryAsync()).Should().HaveStartedChild("ReportWorkflow", times: 1);
            Assert.InRange((await clerk.FetchHistoryAsync()).Events.Count, 10, 14);
        });
    }

    [Fact]
    public async Task Periodic_WhenAChildsDeadlinePasses_IsKnownToItsParent() =>
        await PollScene.PlayAsync(new(int.MaxValue), async test =>
            Assert.Equal("no report", await test.ExecuteWorkflowAsync((ClerkWorkflow workflow) => workflow.RunAsync())));
}
