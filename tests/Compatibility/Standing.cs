namespace AugmentedOS.Compatibility;

/// <summary>How much there is of a thing of Temporal's API.</summary>
internal enum Standing
{
    Complete,
    Partial,
    NotOffered,
}
