namespace AugmentedOS.Workflows.Replay;

/// <summary>How a run stands.</summary>
public enum RunState
{
    /// <summary>It goes on.</summary>
    Open,

    /// <summary>It returned.</summary>
    Completed,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It was cancelled, and let itself be.</summary>
    Canceled,

    /// <summary>It was ended from outside.</summary>
    Terminated,

    /// <summary>It went on as a new run.</summary>
    ContinuedAsNew,

    /// <summary>It did not end in time.</summary>
    TimedOut,
}
