namespace AugmentedOS.Workflows.Approvals;

/// <summary>Who is to be told what of an approval.</summary>
/// <param name="Kind">Why.</param>
/// <param name="To">Who.</param>
/// <param name="Status">Where the approval stands.</param>
public sealed record ApprovalNotice(ApprovalNoticeKind Kind, IReadOnlyList<string> To, ApprovalStatus Status);
