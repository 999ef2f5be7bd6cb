namespace AugmentedOS.Workflows.Batches;

/// <summary>An item that failed for good and was set aside, for a person to look at.</summary>
/// <param name="Key">The item's key.</param>
/// <param name="Reason">Why it failed.</param>
public sealed record BatchSetAside(string Key, string Reason);
