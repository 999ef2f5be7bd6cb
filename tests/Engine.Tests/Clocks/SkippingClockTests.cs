using AugmentedOS.Engine.Clocks;
using AugmentedOS.Engine.Runtime;
using Microsoft.Extensions.Time.Testing;

namespace AugmentedOS.Engine.Tests.Clocks;

/// <summary>When the clock jumps, and when it does not.</summary>
public sealed class SkippingClockTests : IDisposable
{
    private static readonly TimeSpan Never = Timeout.InfiniteTimeSpan;
    private readonly FakeTimeProvider _machine = new();
    private readonly InlineScheduler _scheduler = new();
    private readonly Stillness _stillness;
    private readonly List<string> _rung = [];
    private readonly SkippingClock _clock;

    public SkippingClockTests()
    {
        _stillness = new Stillness(_machine);
        _clock = new SkippingClock(_machine, _stillness, _scheduler, isLocked: false);
    }

    public void Dispose() => _clock.Dispose();

    [Fact]
    public void Timer_WhenNothingIsUnderWay_RingsAtOnceAndTimeHasPassed()
    {
        var began = _clock.GetUtcNow();

        Set("a", TimeSpan.FromDays(3));

        Assert.Equal(["a"], _rung);
        Assert.Equal(began + TimeSpan.FromDays(3), _clock.GetUtcNow());
        Assert.Equal(began, _machine.GetUtcNow());
    }

    [Fact]
    public void Timers_WhenSeveralAreSet_RingInTheOrderOfTheirTimes()
    {
        _clock.Lock();
        Set("late", TimeSpan.FromDays(3));
        Set("early", TimeSpan.FromDays(1));
        Set("same", TimeSpan.FromDays(1));
        Assert.Empty(_rung);

        Assert.True(_clock.TryUnlock());

        Assert.Equal(["early", "same", "late"], _rung);
    }

    [Fact]
    public void Timer_WhenWorkIsUnderWay_WaitsForItsEnd()
    {
        _stillness.Enter();
        Set("a", TimeSpan.FromDays(1));
        Assert.Empty(_rung);

        _stillness.Leave();

        Assert.Equal(["a"], _rung);
    }

    [Fact]
    public void Timer_WhenTimeIsLocked_RingsInTheMachinesTime()
    {
        _clock.Lock();
        Set("a", TimeSpan.FromSeconds(5));

        _machine.Advance(TimeSpan.FromSeconds(4));
        Assert.Empty(_rung);
        _machine.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["a"], _rung);
        Assert.Equal(TimeSpan.Zero, _clock.Skipped);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public void Timer_WhenAWorkerHasATask_Waits(int tasks, int attempts)
    {
        Hold(new HeldWork(tasks, attempts, 0));
        Set("a", TimeSpan.FromDays(1));
        _machine.Advance(TimeSpan.FromHours(1));
        Assert.Empty(_rung);

        Hold(default, before: new HeldWork(tasks, attempts, 0));

        Assert.Equal(["a"], _rung);
    }

    [Fact]
    public void Timer_WhenATaskWaitsForAWorker_WaitsAWhileForOne()
    {
        Hold(new HeldWork(0, 0, 1));
        Set("a", TimeSpan.FromDays(1));

        _machine.Advance(SkippingClock.WorkerGrace - TimeSpan.FromMilliseconds(1));
        Assert.Empty(_rung);
        _machine.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(["a"], _rung);
    }

    [Fact]
    public async Task Sleep_WhenAnActivityUnlocksForIt_LendsItsOwnAttemptAndNoOther()
    {
        Hold(new HeldWork(0, 1, 0));
        var sleep = _clock.TrySleepUnlockedAsync(TimeSpan.FromDays(1), default);
        Assert.True(await sleep);
        Assert.Equal(0, _clock.Locks);

        Hold(new HeldWork(0, 2, 0), before: new HeldWork(0, 1, 0));
        var beside = _clock.TrySleepUnlockedAsync(TimeSpan.FromDays(1), default);
        Assert.False(beside.IsCompleted);
        Hold(new HeldWork(0, 1, 0), before: new HeldWork(0, 2, 0));

        Assert.True(await beside);
    }

    [Fact]
    public async Task Sleep_WhenItUnlocks_IsLockedAgainBeforeTheNextTimer()
    {
        _clock.Lock();
        Set("later", TimeSpan.FromHours(2));

        Assert.True(await _clock.TrySleepUnlockedAsync(TimeSpan.FromHours(1), default));

        Assert.Empty(_rung);
        Assert.Equal(1, _clock.Locks);
        Assert.Equal(TimeSpan.FromHours(1), _clock.Skipped);
    }

    [Fact]
    public async Task Sleep_WhenItIsGivenUp_LocksAgain()
    {
        _clock.Lock();
        _stillness.Enter();
        using var gaveUp = new CancellationTokenSource();
        var sleep = _clock.TrySleepUnlockedAsync(TimeSpan.FromHours(1), gaveUp.Token);
        Assert.Equal(0, _clock.Locks);

        await gaveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sleep);
        Assert.Equal(1, _clock.Locks);
    }

    [Fact]
    public void Unlock_WhenNobodyLocked_IsRefused()
    {
        Assert.False(_clock.TryUnlock());

        Hold(new HeldWork(0, 1, 0));
        Assert.True(_clock.TryUnlock());
        Assert.False(_clock.TryUnlock());
    }

    [Fact]
    public void Timer_WhenItIsDisposedOrChanged_RingsNoMoreAtItsOldTime()
    {
        _clock.Lock();
        Set("gone", TimeSpan.FromDays(1)).Dispose();
        var moved = Set("moved", TimeSpan.FromDays(2));
        moved.Change(TimeSpan.FromDays(4), Never);
        Set("between", TimeSpan.FromDays(3));

        _clock.TryUnlock();

        Assert.Equal(["between", "moved"], _rung);
        Assert.Equal(TimeSpan.FromDays(4), _clock.Skipped);
    }

    [Fact]
    public void Timer_WhenItRingsAgainAndAgain_DoesSoByItself()
    {
        _clock.Lock();
        using var timer = _clock.CreateTimer(
            _ =>
            {
                _rung.Add($"{_clock.Skipped.TotalHours}");
                if (_rung.Count == 3)
                {
                    _clock.Lock();
                }
            },
            null,
            TimeSpan.FromHours(1),
            TimeSpan.FromHours(1));

        _clock.TryUnlock();

        Assert.Equal(["1", "2", "3"], _rung);
    }

    [Fact]
    public void WorkTimer_WhileItRuns_HoldsTheClock()
    {
        var work = new WorkTime(_clock, _machine, _stillness);
        using var pause = work.CreateTimer(_ => _rung.Add("pause"), null, TimeSpan.FromSeconds(1), Never);
        Set("a", TimeSpan.FromDays(1));
        Assert.Empty(_rung);

        _machine.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["pause", "a"], _rung);
    }

    [Fact]
    public void WorkTimer_WhenItIsDisposed_LetsTheClockGo()
    {
        var pause = new WorkTime(_clock, _machine, _stillness).CreateTimer(_ => { }, null, TimeSpan.FromSeconds(1), Never);
        Set("a", TimeSpan.FromDays(1));

        pause.Dispose();
        pause.Dispose();

        Assert.Equal(["a"], _rung);
    }

    private ITimer Set(string name, TimeSpan due) => _clock.CreateTimer(_ => _rung.Add(name), null, due, Never);

    /// <summary>As a shard does: while it is at work.</summary>
    private void Hold(HeldWork held, HeldWork before = default)
    {
        _stillness.Enter();
        _stillness.Shift(before, held);
        _stillness.Leave();
    }

    private sealed class InlineScheduler : IWorkScheduler
    {
        public void Schedule(IThreadPoolWorkItem work) => work.Execute();
    }
}
