using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>A child workflow that has not ended.</summary>
/// <param name="InitiatedEventId">The id of its INITIATED event.</param>
/// <param name="Attributes">What the INITIATED event says, defaults filled in.</param>
/// <param name="Run">The child's first run once its start is recorded; null until then.</param>
/// <param name="StartedEventId">The id of CHILD_WORKFLOW_EXECUTION_STARTED, 0 until it is in history.</param>
internal sealed record PendingChild(
    long InitiatedEventId,
    StartChildWorkflowExecutionInitiatedEventAttributes Attributes,
    RunId? Run = null,
    long StartedEventId = 0);
