using Microsoft.Extensions.Hosting;

namespace AugmentedOS.Workflows.Health;

/// <summary>Measures how late this process fires a timer. An embedded engine's timers cannot be more punctual: they run
/// on the same clock and threads, and wait for the same processor and garbage collector.</summary>
internal sealed class TimerLag(TimeProvider time) : IHostedService, IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private ITimer? _timer;
    private long _due;
    private TimeSpan _last;

    /// <summary>How late timers are: what was last seen, or how long one is overdue now, whichever is more.</summary>
    public TimeSpan Current
    {
        get
        {
            lock (_lock)
            {
                var overdue = _timer is null ? TimeSpan.Zero : Late();
                return overdue > _last ? overdue : _last;
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _due = Now() + Interval.Ticks;
            _timer = time.CreateTimer(_ => Fire(), null, Interval, Timeout.InfiniteTimeSpan);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _timer?.Dispose();
            _timer = null;
        }
    }

    private void Fire()
    {
        lock (_lock)
        {
            if (_timer is null)
            {
                return;
            }

            _last = Late();
            _due = Now() + Interval.Ticks;
            _timer.Change(Interval, Timeout.InfiniteTimeSpan);
        }
    }

    private TimeSpan Late() => TimeSpan.FromTicks(Math.Max(0, Now() - _due));

    /// <summary>Steady, in ticks of a <see cref="TimeSpan"/>: the wall clock may be set.</summary>
    private long Now() => time.GetElapsedTime(0).Ticks;
}
