using Temporalio.Api.History.V1;
using Temporalio.Api.Sdk.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>What is known of a run from its first moment on.</summary>
/// <param name="Key">The run's name.</param>
/// <param name="Started">The attributes of event 1.</param>
/// <param name="StartedAt">When it began; a reset makes a run begin anew.</param>
/// <param name="RequestId">The start request's id, by which a client's retry is known.</param>
/// <param name="UserMetadata">What the client wrote about it for people; null when that is nothing.</param>
internal sealed record RunBirth(
    RunKey Key,
    WorkflowExecutionStartedEventAttributes Started,
    Instant StartedAt,
    string RequestId,
    UserMetadata? UserMetadata);
