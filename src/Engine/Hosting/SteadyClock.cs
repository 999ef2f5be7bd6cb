namespace AugmentedOS.Engine.Hosting;

/// <summary>A host's clock that never runs backwards. When the machine's is set back, this one goes on from where it was
/// at its usual pace, until the other has caught up: timers keep their length, and a run's events their order.</summary>
internal sealed class SteadyClock(TimeProvider host) : TimeProvider
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(10);

    private readonly Lock _gate = new();
    private DateTimeOffset _last = host.GetUtcNow();
    private long _readAt = host.GetTimestamp();

    public override TimeZoneInfo LocalTimeZone => host.LocalTimeZone;

    public override long TimestampFrequency => host.TimestampFrequency;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            var readAt = host.GetTimestamp();
            var steady = _last + host.GetElapsedTime(_readAt, readAt);
            var told = host.GetUtcNow();
            // The two readings lie a moment apart, so a small difference says nothing.
            _last = steady - told > Tolerance ? steady : told > _last ? told : _last;
            _readAt = readAt;
            return _last;
        }
    }

    public override long GetTimestamp() => host.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        host.CreateTimer(callback, state, dueTime, period);
}
