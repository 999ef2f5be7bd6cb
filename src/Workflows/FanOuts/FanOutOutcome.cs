namespace AugmentedOS.Workflows.FanOuts;

/// <summary>What came of one item.</summary>
/// <param name="Index">Its place among the items, from 0.</param>
/// <param name="Item">The item.</param>
/// <param name="Result">Its result; the default of its type when it failed.</param>
/// <param name="Failure">Why it failed for good; null when it succeeded.</param>
public sealed record FanOutOutcome<TItem, TResult>(int Index, TItem Item, TResult? Result, Exception? Failure)
{
    /// <summary>Whether there is a result.</summary>
    public bool Succeeded => Failure is null;
}
