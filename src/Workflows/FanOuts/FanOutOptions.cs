namespace AugmentedOS.Workflows.FanOuts;

/// <summary>How a <see cref="FanOut"/> runs.</summary>
public sealed record FanOutOptions
{
    /// <summary>How many items are under way at once, 1 or more; the default is 10. A server takes 2,000 activities or
    /// children that are pending in one workflow; but above about 50 a slow workflow task may be failed and repeated,
    /// since at most 100 events are held back for a task under way, and an activity's end is two.</summary>
    public int MaxParallel { get; init; } = 10;

    /// <summary>How many may fail; the default is <see cref="FanOutFailures.FailFast"/>.</summary>
    public FanOutFailures Failures { get; init; } = FanOutFailures.FailFast;
}
