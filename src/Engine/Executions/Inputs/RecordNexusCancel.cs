using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Nexus;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>What a request to cancel a Nexus operation came to. Answers <see cref="Done"/>, also when it comes too
/// late.</summary>
/// <param name="RequestId">The operation's: an event id can mean another operation after a failed commit.</param>
/// <param name="EarlierAttempts">How many attempts had ended before this one.</param>
internal sealed record RecordNexusCancel(
    RunKey Key, long ScheduledEventId, string RequestId, int EarlierAttempts, NexusCancelOutcome Outcome)
    : RunInput(Key.Workflow, Key.Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        if (!state.Nexus.Operations.TryGetValue(ScheduledEventId, out var operation)
            || operation.RequestId != RequestId
            || operation.Cancellation is not { Phase: NexusCancellationPhase.Scheduled } cancellation
            || cancellation.Attempts != EarlierAttempts)
        {
            return Decision.Answer(Done.Instance);
        }

        var draft = new Draft(state, context);
        var limits = context.Limits;
        if (Outcome is { Failure: { } passing, IsRetried: true })
        {
            var wait = Backoff.After(EarlierAttempts + 1, limits.NexusFirstRetry, limits.NexusLongestRetry);
            draft.Emit(new NexusCancelAttemptFailed(ScheduledEventId, draft.Now, draft.Now + wait, passing));
        }
        else if (!limits.Features.NexusCancelEvents || cancellation.RequestedEventId == 0)
        {
            draft.Emit(new NexusCancelSettled(ScheduledEventId, draft.Now, Outcome.Failure));
        }
        else
        {
            Record(draft, operation);
            WorkflowTasks.Ensure(draft);
        }

        return Decision.Accept(draft, Done.Instance);
    }

    private void Record(Draft draft, NexusOperation operation)
    {
        if (Outcome.Failure is { } failure)
        {
            NexusEvents.CancelFailed(draft, operation, failure);
        }
        else
        {
            NexusEvents.CancelCompleted(draft, operation);
        }
    }
}
