using AugmentedOS.Engine.Executions.Commands;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Updates;
using AugmentedOS.Engine.Executions.Versioning;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Speculation;

/// <summary>A speculative workflow task that changed nothing: it never was.</summary>
internal static class DroppedTask
{
    /// <summary>Why a completed speculative task has to be written; null when it may be dropped.</summary>
    public static string? ReasonToWrite(
        RunState state, WorkflowTask task, RespondWorkflowTaskCompletedRequest request, DecisionContext context)
    {
        if (request.Commands.Count > 0)
        {
            return "worker_returned_commands";
        }

        if (request.ForceCreateNewWorkflowTask)
        {
            return "force_create_task";
        }

        if (VersionMoves.IsUnderWay(state))
        {
            return "deployment_transition";
        }

        // STARTED and COMPLETED of the last task follow each other; whatever came after them the worker gets again.
        var sentAgain = task.ScheduledEventId - (state.PreviousStartedEventId + 2);
        var isReadyForThem = request.Capabilities?.DiscardSpeculativeWorkflowTaskWithEvents ?? false;
        if (sentAgain > (isReadyForThem ? context.Limits.MaxEventsSentAgain : 0))
        {
            return isReadyForThem ? "too_many_interleaved_events" : "interleaved_events";
        }

        // An update whose request is in history is rejected by a fact.
        return request.Messages.All(WorkerMessage.IsRejection) && state.Updates.Admitted.IsEmpty
            ? null
            : "update_accepted";
    }

    /// <summary>The run as it was before the task, but that the rejected updates have ended.</summary>
    /// <param name="asIf">The task's completion, drafted as if it were written: its facts are left behind.</param>
    /// <param name="before">A draft on the run without the task, which has what is to be remembered all the same.</param>
    public static Decision Of(CommandBatch asIf, Draft before, RespondWorkflowTaskCompletedRequest request)
    {
        var reply = new CompletedWorkflowTask(before.State, null, [])
        {
            ResetHistoryEventId = before.State.PreviousStartedEventId,
        };
        if (!asIf.Updates.HasOutgoing)
        {
            return Decision.Hold(before, reply) with { Drops = true };
        }

        if (!request.ReturnNewWorkflowTask)
        {
            WorkflowTasks.Schedule(before);
            return Decision.Accept(before, reply) with { Drops = true };
        }

        var next = NextWorkflowTask.StartSpeculative(before, asIf, request);
        return Decision.Hold(before, reply with { State = before.State, Next = next }) with { Drops = true };
    }
}
