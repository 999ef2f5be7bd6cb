namespace AugmentedOS.Workflows.Debouncing;

/// <summary>When a <see cref="Debouncer{T}"/> lets go of what it holds: whatever comes first.</summary>
/// <param name="Quiet">After this much time without another item. More than zero.</param>
/// <param name="AtLatest">This long after the first item, however many come. At least <paramref name="Quiet"/>.</param>
/// <param name="MaxItems">At once when it holds this many, so that what it holds stays bounded. At least one.</param>
public sealed record DebounceOptions(TimeSpan Quiet, TimeSpan AtLatest, int MaxItems = 500)
{
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Quiet, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(AtLatest, Quiet);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxItems, 1);
    }
}
