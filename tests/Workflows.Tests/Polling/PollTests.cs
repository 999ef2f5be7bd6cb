using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.Polling;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Tests.Polling;

/// <summary>Polls through the official SDK, in skipped time; each run is replayed at the end.</summary>
public sealed class PollTests
{
    [Theory]
    [InlineData(ReportWorkflow.Way.Frequent, 3)]
    [InlineData(ReportWorkflow.Way.Infrequent, 5)]
    [InlineData(ReportWorkflow.Way.Periodic, 2)]
    public async Task Poll_WhenItIsReady_GivesWhatItWaitedFor(ReportWorkflow.Way way, int readyAt)
    {
        var office = new ReportWorkflow.Office(readyAt);
        await PlayAsync(office, way, async report =>
        {
            Assert.Equal("the report", await report.GetResultAsync());
            Assert.Equal(readyAt, office.Asked);
        });
    }

    [Fact]
    public async Task Infrequent_WhenItTakesDays_IsOneActivityInHistory() =>
        await PlayAsync(new(readyAt: 20), ReportWorkflow.Way.Infrequent, async report =>
        {
            await report.GetResultAsync();
            var started = Assert.Single((await report.FetchHistoryAsync()).Events, e => e.EventType is EventType.ActivityTaskStarted);
            Assert.Equal(20, started.ActivityTaskStartedEventAttributes.Attempt);
        });

    [Fact]
    public async Task Infrequent_WhenTheDeadlinePasses_FailsWithATimeout()
    {
        var office = new ReportWorkflow.Office(int.MaxValue);
        await PlayAsync(office, ReportWorkflow.Way.Infrequent, async report =>
        {
            var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => report.GetResultAsync());
            Assert.IsType<ActivityFailureException>(failure.InnerException);

            // Every hour for a day.
            Assert.InRange(office.Asked, 23, 25);
        });
    }

    [Fact]
    public async Task Infrequent_WhenTheSystemSaysWhenToComeAgain_ComesThen()
    {
        var office = new ReportWorkflow.Office(int.MaxValue, TimeSpan.FromHours(8));
        await PlayAsync(office, ReportWorkflow.Way.Infrequent, async report =>
        {
            await Assert.ThrowsAsync<WorkflowFailedException>(() => report.GetResultAsync());
            Assert.InRange(office.Asked, 3, 4);
        });
    }

    [Fact]
    public async Task Periodic_WhenItAsksOften_ContinuesAsNewAndCountsOn()
    {
        var office = new ReportWorkflow.Office(5);
        await PlayAsync(office, ReportWorkflow.Way.Periodic, async report =>
        {
            Assert.Equal("the report", await report.GetResultAsync());
            Assert.Equal(5, office.Asked);
            Assert.NotEqual(report.FirstExecutionRunId, (await report.DescribeAsync()).RunId);
        });
    }

    [Fact]
    public async Task Periodic_WhenTheDeadlinePasses_AsksALastTimeAndFails()
    {
        var office = new ReportWorkflow.Office(int.MaxValue);
        await PlayAsync(office, ReportWorkflow.Way.Periodic, async report =>
        {
            var error = WorkflowError.From(await Assert.ThrowsAsync<WorkflowFailedException>(() => report.GetResultAsync()));

            // At 0, 1, 3, 7, 11, 15, 19, 23 and 24 hours.
            Assert.Equal((Poll.DeadlineCode, 9), (error.Code, office.Asked));
        });
    }

    [Fact]
    public async Task Poll_WhenItIsInTheWrongPlace_SaysWhatToDo()
    {
        var inActivity = await Assert.ThrowsAsync<InvalidOperationException>(() => Poll.UntilReadyAsync(
            _ => Task.FromResult(PollAnswer.Ready(1)), TimeSpan.FromSeconds(1)));
        Assert.Contains("inside an activity", inActivity.Message, StringComparison.Ordinal);
        var inWorkflow = await Assert.ThrowsAsync<InvalidOperationException>(() => Poll.PeriodicallyAsync(
            () => Task.FromResult(PollAnswer.Ready(1)),
            new() { Interval = TimeSpan.FromHours(1), Deadline = TimeSpan.FromDays(1) },
            null,
            _ => throw new InvalidOperationException()));
        Assert.Contains("inside a workflow", inWorkflow.Message, StringComparison.Ordinal);
    }

    private static Task PlayAsync(
        ReportWorkflow.Office office, ReportWorkflow.Way way, Func<WorkflowHandle<ReportWorkflow, string>, Task> then) => Scene.PlayAsync(
        worker => worker.AddWorkflow<ReportWorkflow>().AddAllActivities(office),
        async scene => await then(await scene.Client.StartWorkflowAsync(
            (ReportWorkflow workflow) => workflow.RunAsync(way, null), scene.Options("report"))));
}
