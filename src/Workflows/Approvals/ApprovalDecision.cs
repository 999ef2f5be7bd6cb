namespace AugmentedOS.Workflows.Approvals;

/// <summary>A decision that counted.</summary>
/// <param name="By">Who decided.</param>
/// <param name="Verdict">Yes or no.</param>
/// <param name="At">When, in the workflow's time (UTC).</param>
/// <param name="Comment">Why.</param>
/// <param name="OnBehalfOf">Who was asked at first, where the place was delegated.</param>
public sealed record ApprovalDecision(
    string By, ApprovalVerdict Verdict, DateTime At, string? Comment = null, string? OnBehalfOf = null);
