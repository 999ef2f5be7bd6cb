using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Starting;

/// <summary>What a start wants where its workflow id is already in use: <paramref name="Reuse"/> speaks about a closed
/// run only, <paramref name="Conflict"/> about a running one only.</summary>
internal readonly record struct StartPolicies(WorkflowIdReusePolicy Reuse, WorkflowIdConflictPolicy Conflict)
{
    /// <summary>The request's policies with defaults filled in; the older way to ask for termination is
    /// rewritten.</summary>
    public static StartPolicies Of(StartWorkflowExecutionRequest request, WorkflowIdConflictPolicy defaultConflict)
    {
        // Old clients still send it.
        if (request.WorkflowIdReusePolicy == WorkflowIdReusePolicy.TerminateIfRunning)
        {
            return new(WorkflowIdReusePolicy.AllowDuplicate, WorkflowIdConflictPolicy.TerminateExisting);
        }

        return new(
            request.WorkflowIdReusePolicy == WorkflowIdReusePolicy.Unspecified
                ? WorkflowIdReusePolicy.AllowDuplicate
                : request.WorkflowIdReusePolicy,
            request.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.Unspecified
                ? defaultConflict
                : request.WorkflowIdConflictPolicy);
    }

    /// <summary>Whether a closed run stands in the way of a new one; null when it does not.</summary>
    public Rejection? RefuseAfter(RunState closed)
    {
        var ids = $"WorkflowId: {closed.Key.WorkflowId}, RunId: {closed.Key.Run}.";
        var refusal = Reuse switch
        {
            WorkflowIdReusePolicy.AllowDuplicateFailedOnly when closed.Status
                is WorkflowExecutionStatus.Completed or WorkflowExecutionStatus.ContinuedAsNew =>
                $"Workflow execution already finished successfully. {ids} Workflow Id reuse policy: "
                + "allow duplicate workflow Id if last run failed.",
            WorkflowIdReusePolicy.RejectDuplicate =>
                $"Workflow execution already finished. {ids} Workflow Id reuse policy: reject duplicate workflow Id.",
            _ => null,
        };
        return refusal is null ? null : Rejection.AlreadyStarted(refusal, closed.StartRequestId, closed.Key.Run);
    }

    /// <summary>The refusal of a start whose workflow is running.</summary>
    public static Rejection RefuseWhileRunning(RunState running) => Rejection.AlreadyStarted(
        $"Workflow execution is already running. WorkflowId: {running.Key.WorkflowId}, RunId: {running.Key.Run}.",
        running.StartRequestId,
        running.Key.Run);
}
