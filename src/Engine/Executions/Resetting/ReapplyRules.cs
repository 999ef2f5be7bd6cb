using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Resetting;

/// <summary>What a reset applies again of the part of history that it discards.</summary>
internal sealed record ReapplyRules(bool Signals, bool Updates, bool Nexus, bool CancelRequests)
{
    /// <summary>Whether the discarded part need not be read at all.</summary>
    public bool ExcludesAll => !Signals && !Updates && !Nexus && !CancelRequests;

    public static ReapplyRules Of(ResetWorkflowExecutionRequest request)
    {
        var excluded = request.ResetReapplyExcludeTypes;
#pragma warning disable CS0612 // Older clients still say by it what they want to keep.
        var kept = request.ResetReapplyType;
#pragma warning restore CS0612
        return new ReapplyRules(
            Signals: kept != ResetReapplyType.None && !excluded.Contains(ResetReapplyExcludeType.Signal),
            Updates: kept is not (ResetReapplyType.None or ResetReapplyType.Signal)
                && !excluded.Contains(ResetReapplyExcludeType.Update),
            Nexus: !excluded.Contains(ResetReapplyExcludeType.Nexus),
            CancelRequests: !excluded.Contains(ResetReapplyExcludeType.CancelRequest));
    }

    /// <summary>Whether an event can matter to a reset, whatever the rules: all others need not be kept.</summary>
    public static bool Concerns(EventType type) => type is
        EventType.WorkflowExecutionSignaled
        or EventType.WorkflowExecutionUpdateAdmitted or EventType.WorkflowExecutionUpdateAccepted
        or EventType.WorkflowExecutionOptionsUpdated
        or EventType.StartChildWorkflowExecutionInitiated or EventType.StartChildWorkflowExecutionFailed
        or EventType.ChildWorkflowExecutionStarted or EventType.ChildWorkflowExecutionCompleted
        or EventType.ChildWorkflowExecutionFailed or EventType.ChildWorkflowExecutionCanceled
        or EventType.ChildWorkflowExecutionTimedOut or EventType.ChildWorkflowExecutionTerminated
        or EventType.NexusOperationStarted or EventType.NexusOperationCompleted or EventType.NexusOperationFailed
        or EventType.NexusOperationCanceled or EventType.NexusOperationTimedOut
        or EventType.WorkflowExecutionContinuedAsNew;
}
