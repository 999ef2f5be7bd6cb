namespace AugmentedOS.Engine.Clocks;

/// <summary>What time it is in workflows, with timers that ring in the machine's time and count as work under way as long as
/// they run.</summary>
internal sealed class WorkTime(TimeProvider workflows, TimeProvider machine, Stillness stillness) : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => workflows.GetUtcNow();

    public override long GetTimestamp() => machine.GetTimestamp();

    /// <param name="period">Only timers that ring once: one that rings for ever would never let time be skipped.</param>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan)
        {
            throw new NotSupportedException("Work under way pauses once at a time.");
        }

        var timer = new WorkTimer(stillness, callback, state);
        timer.Start(machine, dueTime);
        return timer;
    }

    private sealed class WorkTimer(Stillness stillness, TimerCallback callback, object? state) : ITimer
    {
        private readonly Lock _gate = new();
        private ITimer? _inner;
        private bool _runs;
        private bool _isDisposed;

        public void Start(TimeProvider machine, TimeSpan dueTime)
        {
            _inner = machine.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Change(dueTime, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            bool changed;
            lock (_gate)
            {
                Run(!_isDisposed && dueTime != Timeout.InfiniteTimeSpan);
                changed = _inner!.Change(dueTime, Timeout.InfiniteTimeSpan);
            }

            return changed;
        }

        public void Dispose()
        {
            lock (_gate)
            {
                _isDisposed = true;
                Run(false);
                _inner!.Dispose();
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Ring()
        {
            lock (_gate)
            {
                if (!_runs)
                {
                    return;   // changed or disposed while it was on its way
                }

                stillness.Enter();
                Run(false);
            }

            try
            {
                callback(state);
            }
            finally
            {
                stillness.Leave();
            }
        }

        private void Run(bool runs)
        {
            if (runs == _runs)
            {
                return;
            }

            _runs = runs;
            if (runs)
            {
                stillness.Enter();
            }
            else
            {
                stillness.Leave();
            }
        }
    }
}
