namespace AugmentedOS.Workflows.Digests;

/// <summary>What was collected in one period: the argument of the activity that sends it.</summary>
/// <param name="Items">In the order they came, the first ones when there were too many.</param>
/// <param name="Omitted">How many came after there was room.</param>
/// <param name="From">When the first came (UTC).</param>
/// <param name="To">When it is sent (UTC).</param>
public sealed record Digest<T>(IReadOnlyList<T> Items, long Omitted, DateTime From, DateTime To);
