namespace AugmentedOS.Engine.Executions;

/// <summary>What can be switched on and off, each by the official dynamic-config key in its line. All that is built is on,
/// also where a Temporal server has it off by default.</summary>
internal sealed record EngineFeatures
{
    /// <summary><c>frontend.enableUpdateWorkflowExecution</c></summary>
    public bool Updates { get; init; } = true;

    /// <summary><c>frontend.enableUpdateWorkflowExecutionAsyncAccepted</c>: updates waited for only until accepted.</summary>
    public bool AcceptedUpdates { get; init; } = true;

    /// <summary><c>frontend.enableExecuteMultiOperation</c>: update-with-start.</summary>
    public bool MultiOperations { get; init; } = true;

    /// <summary><c>history.enableUpdateCallbacks</c></summary>
    public bool UpdateCallbacks { get; init; } = true;

    /// <summary><c>system.enableEagerWorkflowStart</c></summary>
    public bool EagerWorkflowStart { get; init; } = true;

    /// <summary><c>system.enableActivityEagerExecution</c></summary>
    public bool EagerActivities { get; init; } = true;

    /// <summary><c>frontend.enableServerVersionCheck</c></summary>
    public bool VersionCheck { get; init; } = true;

    /// <summary><c>frontend.enableSchedules</c></summary>
    public bool Schedules { get; init; } = true;

    /// <summary><c>frontend.enableBatcher</c></summary>
    public bool Batches { get; init; } = true;

    /// <summary><c>frontend.WorkflowPauseEnabled</c></summary>
    public bool WorkflowPause { get; init; } = true;

    /// <summary><c>frontend.WorkflowTimeSkippingEnabled</c>: the time-skipping configuration of one workflow.</summary>
    public bool WorkflowTimeSkipping { get; init; } = true;

    /// <summary><c>frontend.activityAPIsEnabled</c>: pause, unpause, reset and options of a workflow's activities.</summary>
    public bool ActivityCommands { get; init; } = true;

    /// <summary><c>activity.enableStandalone</c></summary>
    public bool StandaloneActivities { get; init; } = true;

    /// <summary><c>activity.startDelayEnabled</c></summary>
    public bool StandaloneActivityStartDelay { get; init; } = true;

    /// <summary><c>activity.enableCallbacks</c></summary>
    public bool StandaloneActivityCallbacks { get; init; } = true;

    /// <summary><c>history.enableStandaloneActivityOperatorCommands</c></summary>
    public bool StandaloneActivityCommands { get; init; } = true;

    /// <summary><c>frontend.enableBatchOperationsForStandaloneActivities</c></summary>
    public bool StandaloneActivityBatches { get; init; } = true;

    /// <summary><c>nexusoperation.enableStandalone</c></summary>
    public bool StandaloneNexusOperations { get; init; } = true;

    /// <summary><c>component.nexusoperations.recordCancelRequestCompletionEvents</c></summary>
    public bool NexusCancelEvents { get; init; } = true;

    /// <summary><c>history.enableSignalWithStartFromWorkflow</c></summary>
    public bool SignalWithStartFromWorkflow { get; init; } = true;

    /// <summary><c>system.enableDeploymentVersions</c></summary>
    public bool Deployments { get; init; } = true;

    /// <summary><c>frontend.workerVersioningDataAPIs</c>: the first versioning, long replaced.</summary>
    public bool VersioningData { get; init; }

    /// <summary><c>frontend.workerVersioningWorkflowAPIs</c></summary>
    public bool VersioningWorkflows { get; init; } = true;

    /// <summary><c>frontend.workerVersioningRuleAPIs</c>: the second versioning, long replaced.</summary>
    public bool VersioningRules { get; init; }

    /// <summary><c>frontend.WorkerHeartbeatsEnabled</c></summary>
    public bool WorkerHeartbeats { get; init; } = true;

    /// <summary><c>frontend.enableCancelWorkerPollsOnShutdown</c></summary>
    public bool CancelPollsOnShutdown { get; init; } = true;

    /// <summary><c>matching.enableFairness</c></summary>
    public bool Fairness { get; init; } = true;
}
