namespace AugmentedOS.Workflows.Batches;

/// <summary>An item that is to be done.</summary>
/// <param name="Key">The same whenever this item is tried, in whichever run: what its activity gives to the other side as idempotency
/// key, so that an attempt whose answer was lost is not done twice.</param>
/// <param name="Value">The item.</param>
public sealed record BatchItem<TItem>(string Key, TItem Value);
