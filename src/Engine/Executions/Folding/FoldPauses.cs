using AugmentedOS.Engine.Executions.Pausing;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Folding;

/// <summary>The fold of pauses.</summary>
internal static class FoldPauses
{
    /// <summary>A workflow task that no worker has yet is gone; one that a worker has may still complete.</summary>
    public static RunState Paused(RunState state, HistoryEvent happened)
    {
        var attributes = happened.WorkflowExecutionPausedEventAttributes;
        return PauseInfoAttribute.Refresh(state with
        {
            Status = WorkflowExecutionStatus.Paused,
            Pause = new WorkflowPause(
                Instant.From(happened.EventTime), attributes.Identity, attributes.Reason, attributes.RequestId),
            Task = state.Task is { IsStarted: true } started ? started : null,
        });
    }

    public static RunState Unpaused(RunState state) => PauseInfoAttribute.Refresh(
        state with { Status = WorkflowExecutionStatus.Running, Pause = null });
}
