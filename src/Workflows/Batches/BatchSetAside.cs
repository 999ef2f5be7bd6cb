namespace AugmentedOS.Workflows.Batches;

/// <summary>An item that failed for good and was set aside: to be tried again later, or for a person to look at.</summary>
/// <param name="Key">The item's key, as its activity got it.</param>
/// <param name="Reason">Why it failed the last time, the first 500 characters.</param>
/// <param name="Cursor">Where its page begins: it is read again from there.</param>
/// <param name="Tried">In how many rounds it failed.</param>
public sealed record BatchSetAside(string Key, string Reason, string? Cursor, int Tried);
