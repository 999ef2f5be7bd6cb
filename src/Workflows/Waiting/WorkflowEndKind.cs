namespace AugmentedOS.Workflows.Waiting;

/// <summary>How another workflow ended, if it did.</summary>
public enum WorkflowEndKind
{
    /// <summary>It completed, with a result.</summary>
    Completed,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It was cancelled.</summary>
    Canceled,

    /// <summary>It was terminated.</summary>
    Terminated,

    /// <summary>Its own time was over.</summary>
    TimedOut,

    /// <summary>There is no workflow of this id, or none that is still kept.</summary>
    NotFound,

    /// <summary>It had not ended when the wait's timeout was over.</summary>
    StillOpen,
}
