namespace AugmentedOS.Workflows.Versioning;

/// <summary>How far the life of a patch may go on.</summary>
public enum PatchState
{
    /// <summary>Runs from before it go on: both branches are needed.</summary>
    Active,

    /// <summary>No run needs the old branch; runs that have the patch's mark go on: deprecate it, and keep it so until
    /// they end.
    /// </summary>
    Deprecatable,

    /// <summary>No run needs to find it in the code.</summary>
    Removable,
}
