using Temporalio.Api.History.V1;
using Temporalio.Api.Sdk.V1;
using Temporalio.Api.Workflow.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>A child workflow that has not ended.</summary>
/// <param name="InitiatedEventId">The id of its INITIATED event.</param>
/// <param name="Attributes">What the INITIATED event says, defaults filled in.</param>
/// <param name="UserMetadata">What the INITIATED event carries for people to read; the child's first event gets it too.</param>
/// <param name="Run">The child's first run once its start is recorded; null until then.</param>
/// <param name="StartedEventId">The id of CHILD_WORKFLOW_EXECUTION_STARTED, 0 until it is in history.</param>
internal sealed record PendingChild(
    long InitiatedEventId,
    StartChildWorkflowExecutionInitiatedEventAttributes Attributes,
    UserMetadata? UserMetadata = null,
    RunId? Run = null,
    long StartedEventId = 0)
{
    /// <summary>As a description of the parent shows it; without a run id until the start is recorded.</summary>
    public PendingChildExecutionInfo ToInfo() => new()
    {
        WorkflowId = Attributes.WorkflowId,
        RunId = Run?.ToString() ?? "",
        WorkflowTypeName = Attributes.WorkflowType.Name,
        InitiatedId = InitiatedEventId,
        ParentClosePolicy = Attributes.ParentClosePolicy,
    };
}
