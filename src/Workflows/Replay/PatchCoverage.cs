namespace AugmentedOS.Workflows.Replay;

/// <summary>Which branches of a patch histories led through.</summary>
/// <param name="PatchId">The patch.</param>
/// <param name="NewBranch">Histories whose code took the new branch.</param>
/// <param name="OldBranch">Histories whose code took the old branch.</param>
/// <param name="IsDeprecated">Whether the code has only the new branch left.</param>
/// <param name="IsDeclared">Whether the build declares it; one that it does not declare has left its mark in
/// histories.</param>
public sealed record PatchCoverage(string PatchId, int NewBranch, int OldBranch, bool IsDeprecated, bool IsDeclared)
{
    /// <summary>What no history led through, for people.</summary>
    public IReadOnlyList<string> Uncovered =>
    [
        .. NewBranch == 0 && IsDeclared ? [$"the new branch of '{PatchId}'"] : Array.Empty<string>(),
        .. OldBranch == 0 && IsDeclared && !IsDeprecated ? [$"the old branch of '{PatchId}'"] : Array.Empty<string>(),
    ];
}
