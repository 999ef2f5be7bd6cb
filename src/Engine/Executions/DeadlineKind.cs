namespace AugmentedOS.Engine.Executions;

/// <summary>What a <see cref="Deadline"/> brings about.</summary>
internal enum DeadlineKind
{
    /// <summary>The run, or its whole chain, has taken too long.</summary>
    RunTimeout,

    /// <summary>A start delay, a cron wait or a retry's backoff is over: the first workflow task may be scheduled.</summary>
    FirstTaskBackoff,

    WorkflowTaskScheduleToStart,
    WorkflowTaskStartToClose,
    Timer,
    ActivityScheduleToStart,
    ActivityScheduleToClose,
    ActivityStartToClose,
    ActivityHeartbeat,

    /// <summary>A waiting attempt may be dispatched.</summary>
    ActivityRetry,

    NexusScheduleToStart,
    NexusScheduleToClose,
    NexusStartToClose,

    /// <summary>A waiting attempt to start a Nexus operation may be made.</summary>
    NexusRetry,

    /// <summary>A waiting attempt to cancel a Nexus operation may be made.</summary>
    NexusCancelRetry,

    /// <summary>A waiting attempt of a completion callback may be made.</summary>
    CallbackRetry,

    /// <summary>A fast-forward ends that the run could not skip to.</summary>
    FastForward,
}
