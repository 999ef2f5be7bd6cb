namespace AugmentedOS.Workflows.Approvals;

/// <summary>Why somebody is told of an approval.</summary>
public enum ApprovalNoticeKind
{
    /// <summary>The deciders are asked.</summary>
    Request,

    /// <summary>Those who have not decided are reminded.</summary>
    Reminder,

    /// <summary>Others are asked as well, since it took too long.</summary>
    Escalation,

    /// <summary>Somebody got another's place.</summary>
    Delegation,
}
