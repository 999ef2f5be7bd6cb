namespace AugmentedOS.Workflows.Callbacks;

/// <summary>What became of a reply.</summary>
public enum CallbackOutcome
{
    /// <summary>The workflow has it.</summary>
    Accepted,

    /// <summary>The workflow had one before; this one changes nothing. The external system may be told that all is
    /// well.</summary>
    Duplicate,

    /// <summary>Nobody waits any more: the time was over, the request was cancelled, or the workflow has
    /// ended.</summary>
    Late,

    /// <summary>No such workflow or request: it is long past, or of another namespace.</summary>
    Unknown,

    /// <summary>The reply is not of the type that the workflow expects. It goes on waiting for a right one.</summary>
    Unreadable,

    /// <summary>The token is no token of these keys, or was changed. Nothing was sent to the workflow.</summary>
    Forged,
}
