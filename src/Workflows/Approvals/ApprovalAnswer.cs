namespace AugmentedOS.Workflows.Approvals;

/// <summary>A decision as it arrives from outside: the only argument of the update and the signal
/// <c>{name}.decide</c>.</summary>
/// <param name="By">Who decides. Whoever sends it has to have authenticated that person.</param>
/// <param name="Verdict">Yes or no.</param>
/// <param name="Comment">Why, for those who read it later.</param>
public sealed record ApprovalAnswer(string By, ApprovalVerdict Verdict, string? Comment = null);
