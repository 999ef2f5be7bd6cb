namespace AugmentedOS.Pilot.Approvers;

/// <summary>Who decides on the claims that need a person.</summary>
internal enum ApproverKind
{
    /// <summary>A script, by rules of its own.</summary>
    Script,

    /// <summary>Whoever sits at the terminal.</summary>
    Ask,

    /// <summary>Somebody else, through the workflow API.</summary>
    None,
}
