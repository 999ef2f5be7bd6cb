using AugmentedOS.Pilot.Extraction;

namespace AugmentedOS.Pilot.Workflows;

/// <param name="Path">Where the file is, for the worker.</param>
/// <param name="Name">Its name, for people.</param>
/// <param name="ContentHash">SHA-256 of its content when it was received, in hexadecimal.</param>
/// <param name="Pace">How long to wait for what.</param>
internal sealed record ReviewRequest(string Path, string Name, string ContentHash, Pace Pace)
{
    /// <summary>The same content under the same name is the same review, however often it is handed in.</summary>
    public string WorkflowId => $"receipts/{ContentHash[..16]}/{Name}";
}

/// <summary>What became of a file.</summary>
internal sealed record ReviewReport(
    string File, IReadOnlyList<ClaimOutcome> Claims, IReadOnlyList<Rejection> Rejections);

/// <summary>How far a review is.</summary>
internal sealed record ReviewStatus(string File, bool IsRead, int Receipts, int Rejections, int Settled);
