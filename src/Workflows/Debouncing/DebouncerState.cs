namespace AugmentedOS.Workflows.Debouncing;

/// <summary>What a debouncer holds, to be carried over continue-as-new.</summary>
/// <param name="Items">In the order they came.</param>
/// <param name="FirstAt">When the first of them came (UTC).</param>
/// <param name="LastAt">When the last of them came (UTC).</param>
public sealed record DebouncerState<T>(IReadOnlyList<T> Items, DateTime FirstAt, DateTime LastAt);
