namespace AugmentedOS.Workflows.Debouncing;

/// <summary>What a throttle holds and remembers, to be carried over continue-as-new.</summary>
/// <param name="Items">What waits, in the order it came.</param>
/// <param name="Passed">When the last items passed (UTC), as many as still count.</param>
/// <param name="Dropped">How many were refused or replaced.</param>
public sealed record ThrottleState<T>(IReadOnlyList<T> Items, IReadOnlyList<DateTime> Passed, long Dropped);
