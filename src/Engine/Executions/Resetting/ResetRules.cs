using AugmentedOS.Engine.Executions.Options;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Resetting;

/// <summary>When a reset is refused, and when it has happened already.</summary>
internal static class ResetRules
{
    /// <summary>What is wrong with the request, whatever its history holds; null when nothing is.</summary>
    public static Rejection? Check(RunState baseRun, ResetWorkflowExecutionRequest request)
    {
        if (request.WorkflowTaskFinishEventId <= 1 || request.WorkflowTaskFinishEventId >= baseRun.NextEventId)
        {
            return Rejection.InvalidArgument("Workflow task finish ID must be > 1 && <= workflow last event ID.");
        }

        return request.PostResetOperations.Select(Check).FirstOrDefault(refusal => refusal is not null);
    }

    /// <summary>The run that this request made already; null when it did not. A retry whose first attempt was answered
    /// to nobody gets that attempt's run, also after the run has gone on.</summary>
    public static RunId? Known(RunState baseRun, RunState current, string requestId)
    {
        if (baseRun.Successor?.MadeBy(requestId) is { } made)
        {
            return made;
        }

        return requestId == current.StartRequestId || requestId == current.Origin?.RequestId ? current.Key.Run : null;
    }

    public static Rejection OutOfRange(long eventId) => Rejection.InvalidArgument(
        "Can only reset workflow to event ID in range [WorkflowTaskScheduled +1, WorkflowTaskStarted + 1]: "
        + $"{eventId}");

    private static Rejection? Check(PostResetOperation operation)
    {
        if (operation.UpdateWorkflowOptions is not { } update)
        {
            var variant = operation.VariantCase switch
            {
                PostResetOperation.VariantOneofCase.SignalWorkflow => "*workflow.PostResetOperation_SignalWorkflow_",
                _ => "<nil>",
            };
            return Rejection.InvalidArgument($"unsupported post reset operation: {variant}");
        }

        var unchanged = new WorkflowExecutionOptions();
        return OptionsMerge.TryMerge(
            unchanged, update.WorkflowExecutionOptions ?? new(), update.UpdateMask ?? new(), out var refusal)
                ? null
                : refusal;
    }
}
