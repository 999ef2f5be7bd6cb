namespace AugmentedOS.Workflows.Batches;

/// <summary>A page of items, as the activity that reads them returns it.</summary>
/// <param name="Items">The items, at most 5,000; an empty page is fine.</param>
/// <param name="Next">Where the next page begins, as the source says; null after the last one.</param>
public sealed record BatchPage<TItem>(IReadOnlyList<TItem> Items, string? Next);
