using System.Collections.Frozen;
using static AugmentedOS.Engine.Hosting.DynamicConfig.SettingKinds;

namespace AugmentedOS.Engine.Hosting.DynamicConfig;

/// <summary>Every official dynamic-config key that this engine knows: its type and its field, and with the field its
/// default. To add one: the field in <c>EngineLimits</c> or <c>EngineFeatures</c>, and its line here.</summary>
internal static class DynamicConfigTable
{
    public static IReadOnlyList<DynamicSetting> Settings { get; } =
    [
        .. Limits(), .. Features(),
    ];

    private static readonly FrozenDictionary<string, DynamicSetting> ByKey =
        Settings.ToFrozenDictionary(setting => setting.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>What has readers that know the namespace. The rest is of the whole engine, as most of it is on a Temporal
    /// server, or is read where no namespace is known.</summary>
    private static readonly FrozenSet<string> OfNamespaces = new[]
    {
        "limit.blobSize.warn", "limit.blobSize.error", "limit.memoSize.error", "limit.historySize.suggestContinueAsNew",
        "limit.historySize.error", "limit.historyCount.suggestContinueAsNew", "limit.historyCount.error",
        "limit.userMetadataSummarySize", "limit.userMetadataDetailsSize", "limit.mutableStateActivityFailureSize.error",
        "limit.numPendingActivities.error", "limit.numPendingChildExecutions.error", "limit.numPendingSignals.error",
        "limit.numPendingCancelRequests.error", "history.maximumSignalsPerExecution", "history.maximumBufferedEventsBatch",
        "history.maximumBufferedEventsSizeInBytes", "history.defaultWorkflowTaskTimeout",
        "history.workflowTaskHeartbeatTimeout", "history.workflowIdReuseMinimalInterval", "history.maxInFlightUpdates",
        "history.maxInFlightUpdatePayloads", "history.maxTotalUpdates",
        "history.maxTotalUpdates.suggestContinueAsNewThreshold",
        "history.discardSpeculativeWorkflowTaskMaximumEventsCount", "system.maxCallbacksPerWorkflow",
        "system.maxCallbacksPerUpdateID", "frontend.MaxConcurrentBatchOperationPerNamespace",
        "frontend.MaxExecutionCountBatchOperationPerNamespace", "frontend.searchAttributesNumberOfKeysLimit",
        "frontend.searchAttributesSizeOfValueLimit", "frontend.searchAttributesTotalSizeLimit", "frontend.namespaceRPS",
        "frontend.namespaceBurstRatio", "frontend.namespaceRPS.visibility", "frontend.namespaceBurstRatio.visibility",
        "frontend.namespaceCount", "frontend.visibilityMaxPageSize", "frontend.WorkerHeartbeatsEnabled",
        "frontend.enableUpdateWorkflowExecution",
        "frontend.enableUpdateWorkflowExecutionAsyncAccepted", "frontend.enableExecuteMultiOperation",
        "history.enableUpdateCallbacks", "system.enableEagerWorkflowStart", "system.enableActivityEagerExecution",
        "frontend.enableSchedules", "frontend.enableBatcher", "frontend.WorkflowPauseEnabled",
        "frontend.WorkflowTimeSkippingEnabled", "frontend.activityAPIsEnabled", "nexusoperation.enableStandalone",
        "history.enableSignalWithStartFromWorkflow",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static bool IsOfNamespaces(DynamicSetting setting) => OfNamespaces.Contains(setting.Key);

    public static DynamicSetting? Find(string key) => ByKey.GetValueOrDefault(key);

    private static DynamicSetting[] Limits() =>
    [
        Int("limit.blobSize.warn", l => l.BlobSizeWarn, (l, v) => l with { BlobSizeWarn = v }),
        Int(
            "limit.mutableStateActivityFailureSize.error",
            l => l.ActivityFailureSize, (l, v) => l with { ActivityFailureSize = v }),
        Int("limit.blobSize.error", l => l.BlobSizeError, (l, v) => l with { BlobSizeError = v }),
        Int("limit.memoSize.error", l => l.MemoSizeError, (l, v) => l with { MemoSizeError = v }),
        Long(
            "limit.historySize.suggestContinueAsNew",
            l => l.HistorySizeSuggest, (l, v) => l with { HistorySizeSuggest = v }),
        Long("limit.historySize.error", l => l.HistorySizeError, (l, v) => l with { HistorySizeError = v }),
        Long(
            "limit.historyCount.suggestContinueAsNew",
            l => l.HistoryCountSuggest, (l, v) => l with { HistoryCountSuggest = v }),
        Long("limit.historyCount.error", l => l.HistoryCountError, (l, v) => l with { HistoryCountError = v }),
        Int("limit.userMetadataSummarySize", l => l.MaxSummarySize, (l, v) => l with { MaxSummarySize = v }),
        Int("limit.userMetadataDetailsSize", l => l.MaxDetailsSize, (l, v) => l with { MaxDetailsSize = v }),
        Int("history.maximumSignalsPerExecution", l => l.MaxSignals, (l, v) => l with { MaxSignals = v }),
        Int(
            "limit.numPendingActivities.error",
            l => l.MaxPendingActivities, (l, v) => l with { MaxPendingActivities = v }),
        Int(
            "limit.numPendingChildExecutions.error",
            l => l.MaxPendingChildren, (l, v) => l with { MaxPendingChildren = v }),
        Int("limit.numPendingSignals.error", l => l.MaxPendingSignals, (l, v) => l with { MaxPendingSignals = v }),
        Int(
            "limit.numPendingCancelRequests.error",
            l => l.MaxPendingCancels, (l, v) => l with { MaxPendingCancels = v }),
        Int("history.maximumBufferedEventsBatch", l => l.MaxBufferedEvents, (l, v) => l with { MaxBufferedEvents = v }),
        Long(
            "history.maximumBufferedEventsSizeInBytes",
            l => l.MaxBufferedBytes, (l, v) => l with { MaxBufferedBytes = v }),
        Int("history.MaxBufferedQueryCount", l => l.MaxBufferedQueries, (l, v) => l with { MaxBufferedQueries = v }),
        Int("frontend.historyMaxPageSize", l => l.HistoryPageSize, (l, v) => l with { HistoryPageSize = v }),
        Int("frontend.visibilityMaxPageSize", l => l.VisibilityPageSize, (l, v) => l with { VisibilityPageSize = v }),
        Time(
            "history.defaultWorkflowTaskTimeout",
            l => l.DefaultTaskTimeout, (l, v) => l with { DefaultTaskTimeout = v }),
        Time(
            "history.workflowTaskHeartbeatTimeout",
            l => l.MaxHeartbeatChain, (l, v) => l with { MaxHeartbeatChain = v }),
        Time(
            "history.workflowIdReuseMinimalInterval",
            l => l.MinContinueAsNewInterval, (l, v) => l with { MinContinueAsNewInterval = v }),
        Time("history.longPollExpirationInterval", l => l.HistoryLongPoll, (l, v) => l with { HistoryLongPoll = v }),
        Int(
            "frontend.WorkflowTimeSkippingMaxSkipPerSession",
            l => l.MaxTimeSkips, (l, v) => l with { MaxTimeSkips = v }),
        Int("history.maxInFlightUpdates", l => l.MaxInFlightUpdates, (l, v) => l with { MaxInFlightUpdates = v }),
        Int(
            "history.maxInFlightUpdatePayloads",
            l => l.MaxInFlightUpdateBytes, (l, v) => l with { MaxInFlightUpdateBytes = v }),
        Int("history.maxTotalUpdates", l => l.MaxTotalUpdates, (l, v) => l with { MaxTotalUpdates = v }),
        Ratio(
            "history.maxTotalUpdates.suggestContinueAsNewThreshold",
            l => l.UpdatesSuggestRatio, (l, v) => l with { UpdatesSuggestRatio = v }),
        Int(
            "history.discardSpeculativeWorkflowTaskMaximumEventsCount",
            l => l.MaxEventsSentAgain, (l, v) => l with { MaxEventsSentAgain = v }),
        Int("system.maxCallbacksPerWorkflow", l => l.MaxCallbacks, (l, v) => l with { MaxCallbacks = v }),
        Int(
            "system.maxCallbacksPerUpdateID",
            l => l.MaxCallbacksPerUpdate, (l, v) => l with { MaxCallbacksPerUpdate = v }),
        Int(
            "frontend.callbackURLMaxLength",
            l => l.MaxCallbackUrlLength, (l, v) => l with { MaxCallbackUrlLength = v }),
        Int(
            "frontend.callbackHeaderMaxLength",
            l => l.MaxCallbackHeaderSize, (l, v) => l with { MaxCallbackHeaderSize = v }),
        Time("callback.request.timeout", l => l.CallbackTimeout, (l, v) => l with { CallbackTimeout = v }),
        Time(
            "callback.retryPolicy.initialInterval",
            l => l.CallbackFirstRetry, (l, v) => l with { CallbackFirstRetry = v }),
        Time(
            "callback.retryPolicy.maxInterval",
            l => l.CallbackLongestRetry, (l, v) => l with { CallbackLongestRetry = v }),
        Addresses("callback.allowedAddresses", l => l.CallbackAddresses, (l, v) => l with { CallbackAddresses = v }),
        Int(
            "limit.endpointNameMaxLength",
            l => l.MaxEndpointNameLength, (l, v) => l with { MaxEndpointNameLength = v }),
        Int(
            "limit.endpointExternalURLMaxLength",
            l => l.MaxEndpointUrlLength, (l, v) => l with { MaxEndpointUrlLength = v }),
        Int(
            "limit.endpointDescriptionMaxSize",
            l => l.MaxEndpointDescriptionSize, (l, v) => l with { MaxEndpointDescriptionSize = v }),
        Int("limit.endpointListDefaultPageSize", l => l.EndpointPageSize, (l, v) => l with { EndpointPageSize = v }),
        Int("limit.endpointListMaxPageSize", l => l.MaxEndpointPageSize, (l, v) => l with { MaxEndpointPageSize = v }),
        Time(
            "component.nexusoperations.request.timeout",
            l => l.NexusRequestTimeout, (l, v) => l with { NexusRequestTimeout = v }),
        Time(
            "component.nexusoperations.limit.request.timeout.min",
            l => l.MinNexusRequestTimeout, (l, v) => l with { MinNexusRequestTimeout = v }),
        Time(
            "component.nexusoperations.limit.dispatch.task.timeout.min",
            l => l.MinNexusDispatchTimeout, (l, v) => l with { MinNexusDispatchTimeout = v }),
        Text(
            "component.nexusoperations.callback.endpoint.template",
            l => l.NexusCallbackTemplate, (l, v) => l with { NexusCallbackTemplate = v == "unset" ? "" : v }),
        Int(
            "component.nexusoperations.limit.operation.concurrency",
            l => l.MaxPendingNexusOperations, (l, v) => l with { MaxPendingNexusOperations = v }),
        Int(
            "component.nexusoperations.limit.service.name.length",
            l => l.MaxNexusServiceLength, (l, v) => l with { MaxNexusServiceLength = v }),
        Int(
            "component.nexusoperations.limit.operation.name.length",
            l => l.MaxNexusOperationLength, (l, v) => l with { MaxNexusOperationLength = v }),
        Int(
            "component.nexusoperations.limit.operation.token.length",
            l => l.MaxNexusTokenLength, (l, v) => l with { MaxNexusTokenLength = v }),
        Int(
            "component.nexusoperations.limit.header.size",
            l => l.MaxNexusHeaderSize, (l, v) => l with { MaxNexusHeaderSize = v }),
        Time(
            "component.nexusoperations.limit.scheduleToCloseTimeout",
            l => l.MaxNexusScheduleToClose, (l, v) => l with { MaxNexusScheduleToClose = v }),
        Time(
            "component.nexusoperations.retryPolicy.initialInterval",
            l => l.NexusFirstRetry, (l, v) => l with { NexusFirstRetry = v }),
        Time(
            "component.nexusoperations.retryPolicy.maxInterval",
            l => l.NexusLongestRetry, (l, v) => l with { NexusLongestRetry = v }),
        Int(
            "nexusoperation.limit.reasonLength",
            l => l.MaxNexusReasonLength, (l, v) => l with { MaxNexusReasonLength = v }),
        Time("nexusoperation.longPollTimeout", l => l.NexusLongPoll, (l, v) => l with { NexusLongPoll = v }),
        Time("matching.longPollExpirationInterval", l => l.TaskLongPoll, (l, v) => l with { TaskLongPoll = v }),
        Int(
            "matching.maxFairnessKeyWeightOverrides",
            l => l.MaxFairnessWeights, (l, v) => l with { MaxFairnessWeights = v }),
        Int("limit.workerBuildIdSize", l => l.MaxBuildIdLength, (l, v) => l with { MaxBuildIdLength = v }),
        Int("matching.maxDeployments", l => l.MaxDeployments, (l, v) => l with { MaxDeployments = v }),
        Int(
            "matching.maxVersionsInDeployment",
            l => l.MaxVersionsInDeployment, (l, v) => l with { MaxVersionsInDeployment = v }),
        Int(
            "matching.maxTaskQueuesInDeploymentVersion",
            l => l.MaxTaskQueuesInVersion, (l, v) => l with { MaxTaskQueuesInVersion = v }),
        Time(
            "matching.wv.VersionDrainageStatusVisibilityGracePeriod",
            l => l.DrainageGracePeriod, (l, v) => l with { DrainageGracePeriod = v }),
        Time(
            "matching.wv.VersionDrainageStatusRefreshInterval",
            l => l.DrainageRefresh, (l, v) => l with { DrainageRefresh = v }),
        Time("activity.longPollTimeout", l => l.ActivityLongPoll, (l, v) => l with { ActivityLongPoll = v }),
        Int(
            "frontend.MaxConcurrentBatchOperationPerNamespace",
            l => l.MaxConcurrentBatches, (l, v) => l with { MaxConcurrentBatches = v }),
        Int(
            "frontend.MaxExecutionCountBatchOperationPerNamespace",
            l => l.MaxBatchExecutions, (l, v) => l with { MaxBatchExecutions = v }),
        Int("worker.batcherRPS", l => l.BatchOperationsPerSecond, (l, v) => l with { BatchOperationsPerSecond = v }),
        Int("worker.batcherConcurrency", l => l.BatchConcurrency, (l, v) => l with { BatchConcurrency = v }),
        Ratio(
            "worker.schedulerNamespaceStartWorkflowRPS",
            l => l.ScheduledStartsPerSecond, (l, v) => l with { ScheduledStartsPerSecond = v }),
        Int(
            "frontend.searchAttributesNumberOfKeysLimit",
            l => l.MaxSearchAttributes, (l, v) => l with { MaxSearchAttributes = v }),
        Int(
            "frontend.searchAttributesSizeOfValueLimit",
            l => l.MaxSearchAttributeSize, (l, v) => l with { MaxSearchAttributeSize = v }),
        Int(
            "frontend.searchAttributesTotalSizeLimit",
            l => l.MaxSearchAttributesSize, (l, v) => l with { MaxSearchAttributesSize = v }),
        Int("frontend.rps", l => l.CallsPerSecond, (l, v) => l with { CallsPerSecond = v }),
        Int("frontend.namespaceRPS", l => l.NamespaceCallsPerSecond, (l, v) => l with { NamespaceCallsPerSecond = v }),
        Ratio("frontend.namespaceBurstRatio", l => l.NamespaceBurstRatio, (l, v) => l with { NamespaceBurstRatio = v }),
        Int(
            "frontend.namespaceRPS.visibility",
            l => l.NamespaceListsPerSecond, (l, v) => l with { NamespaceListsPerSecond = v }),
        Ratio(
            "frontend.namespaceBurstRatio.visibility",
            l => l.NamespaceListsBurstRatio, (l, v) => l with { NamespaceListsBurstRatio = v }),
        Int("frontend.namespaceCount", l => l.NamespaceLongPolls, (l, v) => l with { NamespaceLongPolls = v }),
        Hosts("frontend.httpAllowedHosts", l => l.HttpAllowedHosts, (l, v) => l with { HttpAllowedHosts = v }),
    ];

    private static DynamicSetting[] Features() =>
    [
        Switch("frontend.enableUpdateWorkflowExecution", f => f.Updates, (f, v) => f with { Updates = v }),
        Switch(
            "frontend.enableUpdateWorkflowExecutionAsyncAccepted",
            f => f.AcceptedUpdates, (f, v) => f with { AcceptedUpdates = v }),
        Switch(
            "frontend.enableExecuteMultiOperation",
            f => f.MultiOperations, (f, v) => f with { MultiOperations = v }),
        Switch("history.enableUpdateCallbacks", f => f.UpdateCallbacks, (f, v) => f with { UpdateCallbacks = v }),
        Switch(
            "system.enableEagerWorkflowStart",
            f => f.EagerWorkflowStart, (f, v) => f with { EagerWorkflowStart = v }),
        Switch("system.enableActivityEagerExecution", f => f.EagerActivities, (f, v) => f with { EagerActivities = v }),
        Switch("frontend.enableServerVersionCheck", f => f.VersionCheck, (f, v) => f with { VersionCheck = v }),
        Switch("frontend.enableSchedules", f => f.Schedules, (f, v) => f with { Schedules = v }),
        Switch("frontend.enableBatcher", f => f.Batches, (f, v) => f with { Batches = v }),
        Switch("frontend.WorkflowPauseEnabled", f => f.WorkflowPause, (f, v) => f with { WorkflowPause = v }),
        Switch(
            "frontend.WorkflowTimeSkippingEnabled",
            f => f.WorkflowTimeSkipping, (f, v) => f with { WorkflowTimeSkipping = v }),
        Switch("frontend.activityAPIsEnabled", f => f.ActivityCommands, (f, v) => f with { ActivityCommands = v }),
        Switch("activity.enableStandalone", f => f.StandaloneActivities, (f, v) => f with { StandaloneActivities = v }),
        Switch(
            "activity.startDelayEnabled",
            f => f.StandaloneActivityStartDelay, (f, v) => f with { StandaloneActivityStartDelay = v }),
        Switch(
            "activity.enableCallbacks",
            f => f.StandaloneActivityCallbacks, (f, v) => f with { StandaloneActivityCallbacks = v }),
        Switch(
            "history.enableStandaloneActivityOperatorCommands",
            f => f.StandaloneActivityCommands, (f, v) => f with { StandaloneActivityCommands = v }),
        Switch(
            "frontend.enableBatchOperationsForStandaloneActivities",
            f => f.StandaloneActivityBatches, (f, v) => f with { StandaloneActivityBatches = v }),
        Switch(
            "nexusoperation.enableStandalone",
            f => f.StandaloneNexusOperations, (f, v) => f with { StandaloneNexusOperations = v }),
        Switch(
            "component.nexusoperations.recordCancelRequestCompletionEvents",
            f => f.NexusCancelEvents, (f, v) => f with { NexusCancelEvents = v }),
        Switch(
            "history.enableSignalWithStartFromWorkflow",
            f => f.SignalWithStartFromWorkflow, (f, v) => f with { SignalWithStartFromWorkflow = v }),
        Switch("system.enableDeploymentVersions", f => f.Deployments, (f, v) => f with { Deployments = v }),
        Switch("frontend.workerVersioningDataAPIs", f => f.VersioningData, (f, v) => f with { VersioningData = v }),
        Switch(
            "frontend.workerVersioningWorkflowAPIs",
            f => f.VersioningWorkflows, (f, v) => f with { VersioningWorkflows = v }),
        Switch("frontend.workerVersioningRuleAPIs", f => f.VersioningRules, (f, v) => f with { VersioningRules = v }),
        Switch("frontend.WorkerHeartbeatsEnabled", f => f.WorkerHeartbeats, (f, v) => f with { WorkerHeartbeats = v }),
        Switch(
            "frontend.enableCancelWorkerPollsOnShutdown",
            f => f.CancelPollsOnShutdown, (f, v) => f with { CancelPollsOnShutdown = v }),
        Switch("matching.enableFairness", f => f.Fairness, (f, v) => f with { Fairness = v }),
    ];
}
