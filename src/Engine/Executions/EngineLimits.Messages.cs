namespace AugmentedOS.Engine.Executions;

/// <content>Updates, callbacks, links and Nexus.</content>
internal sealed partial record EngineLimits
{
    /// <summary><c>history.maxInFlightUpdates</c></summary>
    public int MaxInFlightUpdates { get; init; } = 10;

    /// <summary><c>history.maxInFlightUpdatePayloads</c></summary>
    public int MaxInFlightUpdateBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary><c>history.maxTotalUpdates</c></summary>
    public int MaxTotalUpdates { get; init; } = 2000;

    /// <summary><c>history.maxTotalUpdates.suggestContinueAsNewThreshold</c>: the part of <see cref="MaxTotalUpdates"/>.
    /// </summary>
    public double UpdatesSuggestRatio { get; init; } = 0.9;

    /// <summary><c>history.discardSpeculativeWorkflowTaskMaximumEventsCount</c>: how many events a worker may be sent again
    /// after a speculative workflow task was dropped.</summary>
    public int MaxEventsSentAgain { get; init; } = 10;

    /// <summary>Fixed, as on a Temporal server: how long a speculative workflow task waits for a poller.</summary>
    public TimeSpan SpeculativeTaskPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary><c>system.maxCallbacksPerWorkflow</c></summary>
    public int MaxCallbacks { get; init; } = 32;

    /// <summary><c>system.maxCallbacksPerUpdateID</c></summary>
    public int MaxCallbacksPerUpdate { get; init; } = 32;

    /// <summary><c>frontend.callbackURLMaxLength</c></summary>
    public int MaxCallbackUrlLength { get; init; } = 1000;

    /// <summary><c>frontend.callbackHeaderMaxLength</c></summary>
    public int MaxCallbackHeaderSize { get; init; } = 8 * 1024;

    /// <summary><c>callback.request.timeout</c></summary>
    public TimeSpan CallbackTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary><c>callback.retryPolicy.initialInterval</c></summary>
    public TimeSpan CallbackFirstRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary><c>callback.retryPolicy.maxInterval</c></summary>
    public TimeSpan CallbackLongestRetry { get; init; } = TimeSpan.FromHours(1);

    /// <summary><c>callback.allowedAddresses</c>: where callbacks may go, besides to this engine itself.</summary>
    public AddressRules CallbackAddresses { get; init; } = AddressRules.None;

    /// <summary><c>limit.endpointNameMaxLength</c></summary>
    public int MaxEndpointNameLength { get; init; } = 200;

    /// <summary><c>limit.endpointExternalURLMaxLength</c></summary>
    public int MaxEndpointUrlLength { get; init; } = 4 * 1024;

    /// <summary><c>limit.endpointDescriptionMaxSize</c></summary>
    public int MaxEndpointDescriptionSize { get; init; } = 20_000;

    /// <summary><c>limit.endpointListDefaultPageSize</c></summary>
    public int EndpointPageSize { get; init; } = 100;

    /// <summary><c>limit.endpointListMaxPageSize</c></summary>
    public int MaxEndpointPageSize { get; init; } = 1000;

    /// <summary><c>component.nexusoperations.request.timeout</c></summary>
    public TimeSpan NexusRequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary><c>component.nexusoperations.limit.request.timeout.min</c></summary>
    public TimeSpan MinNexusRequestTimeout { get; init; } = TimeSpan.FromMilliseconds(1500);

    /// <summary><c>component.nexusoperations.limit.dispatch.task.timeout.min</c></summary>
    public TimeSpan MinNexusDispatchTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary><c>component.nexusoperations.limit.operation.concurrency</c></summary>
    public int MaxPendingNexusOperations { get; init; } = 30;

    /// <summary><c>component.nexusoperations.limit.service.name.length</c></summary>
    public int MaxNexusServiceLength { get; init; } = 1000;

    /// <summary><c>component.nexusoperations.limit.operation.name.length</c></summary>
    public int MaxNexusOperationLength { get; init; } = 1000;

    /// <summary><c>component.nexusoperations.limit.operation.token.length</c></summary>
    public int MaxNexusTokenLength { get; init; } = 4096;

    /// <summary><c>component.nexusoperations.limit.header.size</c></summary>
    public int MaxNexusHeaderSize { get; init; } = 8 * 1024;

    /// <summary><c>component.nexusoperations.limit.scheduleToCloseTimeout</c>; zero for no limit.</summary>
    public TimeSpan MaxNexusScheduleToClose { get; init; }

    /// <summary><c>component.nexusoperations.retryPolicy.initialInterval</c></summary>
    public TimeSpan NexusFirstRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary><c>component.nexusoperations.retryPolicy.maxInterval</c></summary>
    public TimeSpan NexusLongestRetry { get; init; } = TimeSpan.FromHours(1);

    /// <summary><c>component.nexusoperations.callback.endpoint.template</c>: where handlers elsewhere report to, with
    /// <c>{{.NamespaceName}}</c> and <c>{{.NamespaceID}}</c>; empty for this engine's own HTTP port.</summary>
    public string NexusCallbackTemplate { get; init; } = "";

    /// <summary><c>nexusoperation.limit.reasonLength</c></summary>
    public int MaxNexusReasonLength { get; init; } = 1000;

    /// <summary><c>nexusoperation.longPollTimeout</c></summary>
    public TimeSpan NexusLongPoll { get; init; } = TimeSpan.FromSeconds(20);
}
