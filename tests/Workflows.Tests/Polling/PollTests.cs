using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.Polling;
using Temporalio.Exceptions;
using Way = AugmentedOS.Workflows.Tests.Polling.ReportWorkflow.Way;

namespace AugmentedOS.Workflows.Tests.Polling;

/// <summary>What the three ways to poll have in common.</summary>
public sealed class PollTests
{
    [Theory]
    [InlineData(Way.Frequent, 3)]
    [InlineData(Way.Infrequent, 5)]
    [InlineData(Way.Periodic, 2)]
    public async Task Poll_WhenItIsReady_GivesWhatItWaitedFor(Way way, int readyAt)
    {
        var office = new Office(readyAt);
        await PollScene.PlayAsync(office, way, async (_, report) =>
        {
            Assert.Equal("the report", await report.GetResultAsync());
            Assert.Equal(readyAt, office.Asked);
        });
    }

    [Theory]
    [InlineData(Way.Frequent)]
    [InlineData(Way.Infrequent)]
    [InlineData(Way.Periodic)]
    public async Task Poll_WhenAFailureIsNotRetried_EndsWithIt(Way way)
    {
        var office = Office.ThatFails(ErrorKind.NotFound);
        await PollScene.PlayAsync(office, way, async (_, report) =>
        {
            var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => report.GetResultAsync());

            Assert.Equal((ErrorKind.NotFound, "it burned down"), WorkflowError.From(failure) is var error ? (error.Kind, error.Message) : default);
            Assert.False(Poll.IsDeadline(failure));
            Assert.Equal(2, office.Asked);
        });
    }

    [Theory]
    [InlineData(Way.Infrequent)]
    [InlineData(Way.Periodic)]
    public async Task Poll_WhenTheDeadlinePasses_IsKnownByIt(Way way)
    {
        var office = new Office(int.MaxValue);
        await PollScene.PlayAsync(office, way, async (_, report) =>
            Assert.True(Poll.IsDeadline(await Assert.ThrowsAsync<WorkflowFailedException>(() => report.GetResultAsync()))));
    }

    [Theory]
    [InlineData(Way.Frequent)]
    [InlineData(Way.Infrequent)]
    public async Task Poll_WhenEveryQuestionHangs_IsKnownByItsDeadline(Way way) =>
        await PollScene.PlayAsync(new(int.MaxValue), way, async (test, report) =>
        {
            test.Activity((Office office) => office.LoopAsync()).TimesOut();
            test.Activity((Office office) => office.Fetch()).TimesOut();

            Assert.True(Poll.IsDeadline(await Assert.ThrowsAsync<WorkflowFailedException>(() => report.GetResultAsync())));
        });

    [Theory]
    [InlineData(Way.Frequent)]
    [InlineData(Way.Infrequent)]
    [InlineData(Way.Periodic)]
    public async Task Poll_WhenItIsCancelled_Ends(Way way)
    {
        var office = new Office(int.MaxValue, TimeSpan.FromMinutes(20));
        await PollScene.PlayAsync(office, way, async (test, report) =>
        {
            for (var end = DateTime.UtcNow.AddSeconds(60); office.Asked == 0 && DateTime.UtcNow < end;)
            {
                await report.DescribeAsync();
            }

            await report.CancelAsync();
            var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => report.GetResultAsync());
            Assert.IsType<CanceledFailureException>(failure.InnerException);
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

    [Fact]
    public void Options_WhenTimesMakeNoSense_SayWhy()
    {
        var hour = TimeSpan.FromHours(1);
        Assert.Contains(
            "more time than that, or it asks once only",
            Assert.Throws<ArgumentOutOfRangeException>(() => Poll.Infrequent(hour, hour)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Poll.Frequent(TimeSpan.Zero, hour));
        Assert.Throws<ArgumentOutOfRangeException>(() => Poll.NotYet("it", TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => PollAnswer.NotYet<int>(-hour));
        Assert.Contains(
            "not 0.5: set PeriodicPollOptions.Backoff",
            Assert.Throws<ArgumentException>((ReportWorkflow.Periodic with { Backoff = 0.5 }).Check).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "more time than its first distance, 01:00:00, not 01:00:00: set PeriodicPollOptions.Deadline",
            Assert.Throws<ArgumentException>((ReportWorkflow.Periodic with { Deadline = hour }).Check).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Distance_WhenItGrows_StaysBelowTheLongest() => Assert.Equal(
        [1, 2, 4, 4, 4],
        ((int[])[1, 2, 3, 4, 5_000]).Select(asked => ReportWorkflow.Periodic.DelayAfter(asked).TotalHours));
}
