using AugmentedOS.Engine.Executions;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Queries;

/// <summary>Decides how a query on a run is answered, so that the answer sees everything that happened before it.</summary>
internal static class QueryRouting
{
    private const int FailingAttempt = 3;

    /// <param name="deadline">When the caller gives up; null when it does not say.</param>
    public static QueryRoute Decide(RunState state, QueryRejectCondition condition, Instant? deadline)
    {
        if (IsRejected(state.Status, condition))
        {
            return new QueryRoute.Rejected(state.Status);
        }

        var hasCompletedTask = state.LastCompletedTaskEventId > 0;
        if (state.IsClosed)
        {
            return hasCompletedTask
                ? new QueryRoute.Direct(state)
                : NotReady("Workflow execution closed before WorkflowTaskStarted event");
        }

        if (state.InFirstTaskBackoff && !(deadline is { } end && state.FirstTaskAt <= end))
        {
            return NotReady("Workflow task is not scheduled yet.");
        }

        if (state.Task is { Attempt: >= FailingAttempt })
        {
            return NotReady("Unable to query workflow due to Workflow Task in failed state.");
        }

        return IsSettled(state) ? new QueryRoute.Direct(state) : QueryRoute.Buffered.Instance;
    }

    /// <summary>Whether the worker has seen all of the run's history: a query needs no workflow task.</summary>
    public static bool IsSettled(RunState state) =>
        state.IsClosed || (state.Task is null && state.LastCompletedTaskEventId > 0);

    private static bool IsRejected(WorkflowExecutionStatus status, QueryRejectCondition condition) => condition switch
    {
        _ when status == WorkflowExecutionStatus.Paused => true,
        QueryRejectCondition.NotOpen => status != WorkflowExecutionStatus.Running,
        QueryRejectCondition.NotCompletedCleanly =>
            status is not (WorkflowExecutionStatus.Running or WorkflowExecutionStatus.Completed),
        _ => false,
    };

    private static QueryRoute.Refused NotReady(string message) => new(Rejection.WorkflowNotReady(message));
}
