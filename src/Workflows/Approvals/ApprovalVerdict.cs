namespace AugmentedOS.Workflows.Approvals;

/// <summary>What one person decides.</summary>
public enum ApprovalVerdict
{
    /// <summary>Yes.</summary>
    Approve,

    /// <summary>No.</summary>
    Reject,
}
