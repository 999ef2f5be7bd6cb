namespace AugmentedOS.Engine.Clocks;

/// <summary>A timer of a <see cref="SkippingClock"/>; its fields are guarded by the clock's lock.</summary>
internal sealed class SkippedTimer(SkippingClock clock, TimerCallback callback, object? state, long number)
    : ITimer, IComparable<SkippedTimer>
{
    /// <summary>When it is due, in ticks. Does not change while it is in the clock's set.</summary>
    public long Due { get; set; }

    public TimeSpan Period { get; set; }

    public bool IsDisposed { get; set; }

    private long Number { get; } = number;

    public bool Change(TimeSpan dueTime, TimeSpan period) => clock.Set(this, dueTime, period);

    public void Ring() => callback(state);

    public void Dispose() => clock.Remove(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public int CompareTo(SkippedTimer? other) => other is null
        ? 1
        : (Due, Number).CompareTo((other.Due, other.Number));
}
