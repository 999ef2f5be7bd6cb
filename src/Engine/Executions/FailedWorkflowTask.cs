using AugmentedOS.Engine.Executions.Commands;
using AugmentedOS.Engine.Executions.Facts;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>What becomes of a run whose workflow task failed.</summary>
internal static class FailedWorkflowTask
{
    private const string GrpcMessageTooLarge = "GrpcMessageTooLarge";

    /// <summary>A completion with a command that cannot be carried out: nothing of it takes effect.</summary>
    public static Decision OnBadCommand(
        RunState state, WorkflowTask task, CommandFailure failure, string identity, DecisionContext context)
    {
        var refusal = Rejection.InvalidArgument(failure.Text);
        if (failure.TerminatesRun)
        {
            var terminated = new Draft(state, context);
            RecordUnlessTransient(terminated, task, failure.Cause, ServerFailure(failure.Text), identity);
            BufferedEvents.Flush(terminated);
            ForcedClose.Terminate(terminated, failure.Text, ForcedClose.ServiceIdentity);
            return Decision.AcceptAndReject(terminated, refusal);
        }

        // A retry with the same bad command must not spin: it stays started, and its timeout spaces the retries.
        if (task.Attempt > 1)
        {
            return Decision.Reject(refusal);
        }

        return Decision.AcceptAndReject(
            Fail(state, task, failure.Cause, ServerFailure(failure.Text), identity, "", context), refusal);
    }

    /// <summary>A completion that closes the run while events wait that it has not seen.</summary>
    public static Decision OnUnhandledCommand(
        RunState state, WorkflowTask task, string identity, DecisionContext context)
    {
        const string cause = nameof(WorkflowTaskFailedCause.UnhandledCommand);
        var failed = Fail(
            state, task, WorkflowTaskFailedCause.UnhandledCommand, ServerFailure(cause), identity, "", context);
        return Decision.AcceptAndReject(failed, Rejection.InvalidArgument(cause));
    }

    /// <summary>A worker says that it failed.</summary>
    public static Draft Fail(
        RunState state,
        WorkflowTask task,
        WorkflowTaskFailedCause cause,
        Failure? failure,
        string identity,
        string checksum,
        DecisionContext context)
    {
        var draft = new Draft(state, context);
        if (cause == WorkflowTaskFailedCause.GrpcMessageTooLarge)
        {
            ForcedClose.Terminate(draft, GrpcMessageTooLarge, ForcedClose.ServiceIdentity);
            return draft;
        }

        RecordUnlessTransient(draft, task, cause, failure, identity, checksum);
        ClearStickiness(draft);
        WorkflowTasks.Retry(draft, task.Attempt, wasSticky: state.Sticky is not null);
        return draft;
    }

    /// <summary>The worker did not answer in time.</summary>
    public static void TimeOut(Draft draft)
    {
        var state = draft.State;
        var task = state.Task!;
        if (ShowsInHistory(draft, ref task))
        {
            WorkflowTaskEvents.RecordTimedOut(draft, task, TimeoutType.StartToClose);
        }

        ClearStickiness(draft);
        WorkflowTasks.Retry(draft, task.Attempt, wasSticky: state.Sticky is not null);
    }

    /// <summary>The sticky worker did not take the task in time: anybody may.</summary>
    public static void TimeOutUnstarted(Draft draft)
    {
        WorkflowTaskEvents.RecordTimedOut(draft, draft.State.Task!, TimeoutType.ScheduleToStart);
        ClearStickiness(draft);
        WorkflowTasks.Schedule(draft);
    }

    private static void RecordUnlessTransient(
        Draft draft,
        WorkflowTask task,
        WorkflowTaskFailedCause cause,
        Failure? failure,
        string identity,
        string checksum = "")
    {
        if (ShowsInHistory(draft, ref task))
        {
            WorkflowTaskEvents.RecordFailed(draft, task, cause, failure, identity, checksum);
        }
    }

    /// <summary>History does not show that a retry failed, because the next retry takes its place. In a paused run
    /// there is no next one, so that this one is written.</summary>
    private static bool ShowsInHistory(Draft draft, ref WorkflowTask task)
    {
        if (task.IsTransient && draft.State.IsPaused)
        {
            WorkflowTaskEvents.RecordTransient(draft, task);
            task = draft.State.Task!;
        }

        return !task.IsTransient;
    }

    private static void ClearStickiness(Draft draft)
    {
        if (draft.State.Sticky is not null)
        {
            draft.Emit(new StickyQueueCleared());
        }
    }

    private static Failure ServerFailure(string message) =>
        new() { Message = message, ServerFailureInfo = new ServerFailureInfo() };
}
