using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.TaskQueues;
using Grpc.Core;

namespace AugmentedOS.Engine.Tests.TaskQueues;

public sealed class LongPollTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly MatcherFixture _fixture = new();
    private readonly CancellationTokenSource _caller = new();

    public void Dispose()
    {
        _caller.Dispose();
        _fixture.Dispose();
    }

    [Fact]
    public async Task RunAsync_WhenNoTaskComesInTime_EndsEmpty()
    {
        var poll = Open();
        _fixture.Time.Advance(Minute - TimeSpan.FromMilliseconds(1));
        Assert.False(poll.IsCompleted);

        _fixture.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Null(await poll);
        Assert.False(_fixture.Matcher.TryReserve(_fixture.Task(1), out _));
    }

    [Fact]
    public async Task RunAsync_WhenTheCallerGoes_EndsEmpty()
    {
        var poll = Open();

        await _caller.CancelAsync();

        Assert.Null(await poll);
    }

    [Fact]
    public async Task RunAsync_WhenReservedBeforeTimeIsUp_EndsWithItsTask()
    {
        var poll = Open();
        Assert.True(_fixture.Matcher.TryReserve(_fixture.Task(1), out var poller));
        _fixture.Time.Advance(Minute);
        Assert.False(poll.IsCompleted);

        poller.Complete(new Outcome("task", null));

        Assert.Equal("task", (await poll)?.Reply);
    }

    [Fact]
    public void Times_WhenTheCallerGivesUpSoon_EndASecondEarlier() =>
        Assert.Equal(TimeSpan.FromSeconds(4), new LongPollTimes(TimeSpan.FromMinutes(1)).For(TimeSpan.FromSeconds(5)).Duration);

    [Fact]
    public void Times_WhenTheCallerIsPatient_AreSpreadBelowAMinute()
    {
        var times = new LongPollTimes(TimeSpan.FromMinutes(1));
        var durations = Enumerable.Range(0, 100).Select(_ => times.For(TimeSpan.FromSeconds(70)).Duration).ToList();

        Assert.All(durations, duration =>
            Assert.InRange(duration, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(60)));
        Assert.Equal(100, durations.Distinct().Count());
    }

    [Fact]
    public void Times_WhenTheDeadlineIsMissingOrTooShort_SayWhy()
    {
        var times = new LongPollTimes(TimeSpan.FromMinutes(1));

        Assert.Equal(Rejection.InvalidArgument("Context timeout is not set."), times.For(null).Rejection);
        var tooShort = times.For(TimeSpan.FromSeconds(1.9)).Rejection;
        Assert.Equal((StatusCode.FailedPrecondition, "Context timeout is too short."), (tooShort!.Code, tooShort.Message));
    }

    private Task<Outcome?> Open() => LongPoll.RunAsync(
        _fixture.Matcher,
        _fixture.Time,
        ended => new Poller(MatcherFixture.Queue(), "me", "", ended),
        Minute,
        _caller.Token);
}
