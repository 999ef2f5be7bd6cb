namespace AugmentedOS.Workflows.Approvals;

/// <summary>Where an approval stands: the answer of its query <c>{name}.status</c>, of its updates, and its
/// result.</summary>
/// <param name="Name">The approval's name.</param>
/// <param name="Deciders">Who may decide now, those who have decided included.</param>
/// <param name="Quorum">How many have to approve.</param>
/// <param name="Decisions">What was decided, by whom and when, in that order.</param>
/// <param name="ClaimedBy">Who has claimed it; null when nobody has.</param>
/// <param name="AskedAt">When the deciders were asked (UTC); null before that.</param>
/// <param name="DeadlineAt">When it expires (UTC); null when it does not, or nobody was asked yet.</param>
/// <param name="Reminders">How many reminders were sent.</param>
/// <param name="EscalatedAt">When others were asked as well (UTC); null when they were not.</param>
/// <param name="Outcome">How it ended; null while it is open.</param>
/// <param name="ClosedAt">When it ended (UTC); null while it is open.</param>
public sealed record ApprovalStatus(
    string Name,
    IReadOnlyList<string> Deciders,
    int Quorum,
    IReadOnlyList<ApprovalDecision> Decisions,
    string? ClaimedBy = null,
    DateTime? AskedAt = null,
    DateTime? DeadlineAt = null,
    int Reminders = 0,
    DateTime? EscalatedAt = null,
    ApprovalOutcome? Outcome = null,
    DateTime? ClosedAt = null)
{
    /// <summary>Whether it ended with as many approvals as were needed.</summary>
    public bool IsApproved => Outcome is ApprovalOutcome.Approved;
}
