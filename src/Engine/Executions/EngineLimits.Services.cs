namespace AugmentedOS.Engine.Executions;

/// <content>Task queues, workers, deployments, schedules, batches and the rates of requests.</content>
internal sealed partial record EngineLimits
{
    /// <summary><c>matching.longPollExpirationInterval</c></summary>
    public TimeSpan TaskLongPoll { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary><c>matching.maxFairnessKeyWeightOverrides</c></summary>
    public int MaxFairnessWeights { get; init; } = 1000;

    /// <summary><c>limit.workerBuildIdSize</c></summary>
    public int MaxBuildIdLength { get; init; } = 255;

    /// <summary><c>matching.maxDeployments</c></summary>
    public int MaxDeployments { get; init; } = 100;

    /// <summary><c>matching.maxVersionsInDeployment</c></summary>
    public int MaxVersionsInDeployment { get; init; } = 100;

    /// <summary><c>matching.maxTaskQueuesInDeploymentVersion</c></summary>
    public int MaxTaskQueuesInVersion { get; init; } = 100;

    /// <summary><c>matching.wv.VersionDrainageStatusVisibilityGracePeriod</c></summary>
    public TimeSpan DrainageGracePeriod { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary><c>matching.wv.VersionDrainageStatusRefreshInterval</c></summary>
    public TimeSpan DrainageRefresh { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary><c>activity.longPollTimeout</c>: of standalone activities.</summary>
    public TimeSpan ActivityLongPoll { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary><c>frontend.MaxConcurrentBatchOperationPerNamespace</c></summary>
    public int MaxConcurrentBatches { get; init; } = 1;

    /// <summary><c>frontend.MaxExecutionCountBatchOperationPerNamespace</c></summary>
    public int MaxBatchExecutions { get; init; } = 1000;

    /// <summary><c>worker.batcherRPS</c>: runs a second of one batch operation; 0 for no limit.</summary>
    public int BatchOperationsPerSecond { get; init; } = 50;

    /// <summary><c>worker.batcherConcurrency</c>: runs that one batch operation works on at the same time.</summary>
    public int BatchConcurrency { get; init; } = 5;

    /// <summary><c>worker.schedulerNamespaceStartWorkflowRPS</c>: workflows a second that the schedules of a namespace
    /// start; 0 for no limit, which is the default here.</summary>
    public double ScheduledStartsPerSecond { get; init; }

    /// <summary><c>frontend.searchAttributesNumberOfKeysLimit</c></summary>
    public int MaxSearchAttributes { get; init; } = 100;

    /// <summary><c>frontend.searchAttributesSizeOfValueLimit</c></summary>
    public int MaxSearchAttributeSize { get; init; } = 2 * 1024;

    /// <summary><c>frontend.searchAttributesTotalSizeLimit</c></summary>
    public int MaxSearchAttributesSize { get; init; } = 40 * 1024;

    /// <summary><c>frontend.rps</c>: calls a second of all namespaces; 0 for no limit, which is the default here.</summary>
    public int CallsPerSecond { get; init; }

    /// <summary><c>frontend.namespaceRPS</c>: calls a second of one namespace; 0 for no limit, which is the default here.
    /// </summary>
    public int NamespaceCallsPerSecond { get; init; }

    /// <summary><c>frontend.namespaceBurstRatio</c></summary>
    public double NamespaceBurstRatio { get; init; } = 2;

    /// <summary><c>frontend.namespaceRPS.visibility</c>: 0 for no limit, which is the default here.</summary>
    public int NamespaceListsPerSecond { get; init; }

    /// <summary><c>frontend.namespaceBurstRatio.visibility</c></summary>
    public double NamespaceListsBurstRatio { get; init; } = 1;

    /// <summary><c>frontend.namespaceCount</c>: long polls at a time of one namespace; 0 for no limit, which is the
    /// default here.</summary>
    public int NamespaceLongPolls { get; init; }

    /// <summary><c>frontend.httpAllowedHosts</c>: patterns with <c>*</c> for the Host header of the HTTP API.</summary>
    public HostPatterns HttpAllowedHosts { get; init; } = HostPatterns.Any;
}
