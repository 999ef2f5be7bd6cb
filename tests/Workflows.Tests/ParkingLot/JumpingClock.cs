namespace AugmentedOS.Workflows.Tests.ParkingLot;

/// <summary>A clock whose timers are due at once: it jumps to their time.</summary>
internal sealed class JumpingClock : TimeProvider
{
    private readonly Lock _lock = new();
    private TimeSpan _passed;

    public TimeSpan Passed
    {
        get
        {
            lock (_lock)
            {
                return _passed;
            }
        }
    }

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + Passed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            _passed += dueTime;
        }

        return TimeProvider.System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
