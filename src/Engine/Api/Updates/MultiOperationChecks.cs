using AugmentedOS.Engine.Api.Workflows;
using AugmentedOS.Engine.Executions.Updates;
using AugmentedOS.Engine.Namespaces;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Updates;

/// <summary>Whether two operations may be carried out as one, in the order and with the words of a Temporal server.</summary>
internal sealed class MultiOperationChecks(StartLimits starts, UpdateChecks updates)
{
    /// <summary>Checks both and fills in what the update leaves out. A fault in one is told beside the other.</summary>
    public Rejection? Prepare(ExecuteMultiOperationRequest request, NamespaceInfo ns)
    {
        if (request.Operations is not [{ StartWorkflow: { } start }, { UpdateWorkflow: { } update }])
        {
            return Rejection.InvalidArgument("Operations have to be exactly [Start, Update].");
        }

        var badStart = Check(start, request.Namespace, ns);
        var badUpdate = Check(update, request.Namespace)
            ?? (badStart is null && start.WorkflowId != update.WorkflowExecution.WorkflowId
                ? Rejection.InvalidArgument("WorkflowId is not consistent with previous operation(s).")
                : null);
        return badStart is null && badUpdate is null
            ? null
            : MultiOperation.Refuse(badStart ?? MultiOperation.Aborted, badUpdate ?? MultiOperation.Aborted);
    }

    private Rejection? Check(StartWorkflowExecutionRequest start, string nsName, NamespaceInfo ns) =>
        Same(start.Namespace, nsName)
        ?? starts.Check(start, ns)
        ?? Unless(start.CronSchedule.Length == 0, "CronSchedule is not allowed.")
        ?? Unless(!start.RequestEagerExecution, "RequestEagerExecution is not supported.")
        ?? Unless(start.WorkflowStartDelay.OrZero() == TimeSpan.Zero, "WorkflowStartDelay is not supported.");

    private Rejection? Check(UpdateWorkflowExecutionRequest update, string nsName) =>
        Same(update.Namespace, nsName)
        ?? updates.Prepare(update, nsName, out _)
        ?? Unless(update.FirstExecutionRunId.Length == 0, "FirstExecutionRunId is not allowed.")
        ?? Unless(update.WorkflowExecution.RunId.Length == 0, "RunId is not allowed.");

    private static Rejection? Same(string operation, string request) => Unless(
        operation.Length == 0 || operation == request, "Operation namespace did not match request's namespace.");

    private static Rejection? Unless(bool holds, string problem) => holds ? null : Rejection.InvalidArgument(problem);
}
