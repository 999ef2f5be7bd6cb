namespace AugmentedOS.Workflows.Approvals;

/// <summary>How an approval ended.</summary>
public enum ApprovalOutcome
{
    /// <summary>As many as needed approved.</summary>
    Approved,

    /// <summary>Somebody rejected, where one rejection is enough, or there are too few left to approve.</summary>
    Rejected,

    /// <summary>The deadline passed without a decision.</summary>
    Expired,
}
