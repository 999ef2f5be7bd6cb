namespace AugmentedOS.Workflows.Replay;

/// <summary>Which runs to take, by how they stand.</summary>
public enum RunChoice
{
    /// <summary>Open ones, and closed ones besides.</summary>
    All,

    /// <summary>Those that go on.</summary>
    Open,

    /// <summary>Those that have ended, in whatever way.</summary>
    Closed,

    /// <summary>Those that returned.</summary>
    Completed,

    /// <summary>Those that failed.</summary>
    Failed,

    /// <summary>Those that were cancelled.</summary>
    Canceled,

    /// <summary>Those that were ended from outside.</summary>
    Terminated,

    /// <summary>Those that went on as new runs.</summary>
    ContinuedAsNew,

    /// <summary>Those that did not end in time.</summary>
    TimedOut,
}
