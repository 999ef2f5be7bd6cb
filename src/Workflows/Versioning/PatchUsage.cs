namespace AugmentedOS.Workflows.Versioning;

/// <summary>What is still open on a patch.</summary>
/// <param name="Patch">The patch.</param>
/// <param name="State">What may be done with it.</param>
/// <param name="OpenBefore">Open runs that do not have it: they may be on the old branch.</param>
/// <param name="OpenOn">Open runs that have its mark, deprecated or not.</param>
/// <param name="OpenDeprecated">How many of these are known to have it deprecated: they need it no more.</param>
/// <param name="ClosedBefore">Closed runs, as long as they are kept, that do not have it.</param>
/// <param name="ClosedOn">Closed runs, as long as they are kept, that have its mark.</param>
/// <param name="Examples">Some of the open runs that hold it up.</param>
/// <param name="Advice">What to do, for people.</param>
public sealed record PatchUsage(
    DeclaredPatch Patch,
    PatchState State,
    long OpenBefore,
    long OpenOn,
    long OpenDeprecated,
    long ClosedBefore,
    long ClosedOn,
    IReadOnlyList<OpenRun> Examples,
    string Advice);
