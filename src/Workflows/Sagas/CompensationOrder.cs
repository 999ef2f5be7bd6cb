namespace AugmentedOS.Workflows.Sagas;

/// <summary>In what order the compensations of a failed saga run.</summary>
public enum CompensationOrder
{
    /// <summary>One after the other, the last registered first: each finds what was there when its work was
    /// done.</summary>
    Reverse,

    /// <summary>All at once: for compensations that do not touch each other.</summary>
    Parallel,
}
