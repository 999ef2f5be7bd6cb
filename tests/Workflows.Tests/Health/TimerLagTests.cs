using AugmentedOS.Workflows.Health;

namespace AugmentedOS.Workflows.Tests.Health;

/// <summary>How late timers are said to be.</summary>
public sealed class TimerLagTests : IDisposable
{
    private readonly LateTime _time = new();
    private readonly TimerLag _lag;

    public TimerLagTests() => _lag = new TimerLag(_time);

    public void Dispose() => _lag.Dispose();

    [Fact]
    public async Task Lag_WhenTimersAreOnTime_IsNothing()
    {
        await _lag.StartAsync(CancellationToken.None);

        _time.Pass(TimerLag.Interval);
        _time.Fire();

        Assert.Equal(TimeSpan.Zero, _lag.Current);
    }

    [Fact]
    public async Task Lag_WhenATimerFiredLate_IsByHowMuchUntilTheNextWasOnTime()
    {
        await _lag.StartAsync(CancellationToken.None);

        _time.Pass(TimerLag.Interval + TimeSpan.FromSeconds(3));
        _time.Fire();
        Assert.Equal(TimeSpan.FromSeconds(3), _lag.Current);

        _time.Pass(TimerLag.Interval);
        _time.Fire();
        Assert.Equal(TimeSpan.Zero, _lag.Current);
    }

    [Fact]
    public async Task Lag_WhenATimerDoesNotFireAtAll_GrowsMeanwhile()
    {
        await _lag.StartAsync(CancellationToken.None);

        _time.Pass(TimerLag.Interval + TimeSpan.FromMinutes(5));

        Assert.Equal(TimeSpan.FromMinutes(5), _lag.Current);
    }

    [Fact]
    public async Task Lag_WhenStopped_IsNothingAndStaysSo()
    {
        await _lag.StartAsync(CancellationToken.None);
        await _lag.StopAsync(CancellationToken.None);

        _time.Pass(TimeSpan.FromMinutes(5));
        _time.Fire();

        Assert.Equal(TimeSpan.Zero, _lag.Current);
    }

    /// <summary>A clock whose timer fires when the test says so, however late.</summary>
    private sealed class LateTime : TimeProvider
    {
        private long _now;
        private Action? _fire;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _fire = () => callback(state);
            return new Timer();
        }

        public void Pass(TimeSpan time) => _now += time.Ticks;

        public void Fire() => _fire!();

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
