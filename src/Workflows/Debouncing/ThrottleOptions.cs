namespace AugmentedOS.Workflows.Debouncing;

/// <summary>How much a <see cref="Throttle{T}"/> lets through.</summary>
/// <param name="Limit">At most this many items in any time of the period's length. 1 to 10,000.</param>
/// <param name="Period">The length of the window that slides over time. More than zero.</param>
/// <param name="Overflow">What happens to items that have to wait.</param>
/// <param name="Capacity">How many may wait in a queue; more are refused. At least one.</param>
public sealed record ThrottleOptions(
    int Limit, TimeSpan Period, ThrottleOverflow Overflow = ThrottleOverflow.Queue, int Capacity = 500)
{
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Limit, 10_000);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Period, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(Capacity, 1);
    }
}
