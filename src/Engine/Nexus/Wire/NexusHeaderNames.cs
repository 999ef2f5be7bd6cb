namespace AugmentedOS.Engine.Nexus.Wire;

/// <summary>The headers of the Nexus protocol.</summary>
internal static class NexusHeaderNames
{
    public const string OperationState = "nexus-operation-state";
    public const string OperationToken = "nexus-operation-token";
    public const string OperationStartTime = "nexus-operation-start-time";
    public const string OperationCloseTime = "nexus-operation-close-time";
    public const string RequestId = "nexus-request-id";
    public const string Link = "nexus-link";
    public const string Retryable = "nexus-request-retryable";
    public const string RequestTimeout = "request-timeout";
    public const string OperationTimeout = "operation-timeout";

    /// <summary>Before the names of headers that come back with the completion.</summary>
    public const string CallbackPrefix = "nexus-callback-";

    /// <summary>Before the names of headers that describe the body.</summary>
    public const string ContentPrefix = "content-";

    /// <summary>Says that the caller understands failures as Temporal serializes them.</summary>
    public const string FailureSupport = "temporal-nexus-failure-support";

    /// <summary>Names the operation that a completion completes.</summary>
    public const string CallbackToken = "temporal-callback-token";

    /// <summary>Names the cluster whose workers handle an operation, among the callback's headers.</summary>
    public const string CallbackSource = "source";

    /// <summary>Says that a worker is the reason for a failure.</summary>
    public const string FailureSource = "Temporal-Nexus-Failure-Source";
}
