using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Nexus;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>What a request to start a Nexus operation came to. Answers <see cref="Done"/>, also when it comes too late:
/// its completion or its timeout was faster.</summary>
/// <param name="RequestId">The operation's: an event id can mean another operation after a failed commit.</param>
/// <param name="EarlierAttempts">How many attempts had ended before this one.</param>
internal sealed record RecordNexusStart(
    RunKey Key, long ScheduledEventId, string RequestId, int EarlierAttempts, NexusStartOutcome Outcome)
    : RunInput(Key.Workflow, Key.Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        if (!state.Nexus.Operations.TryGetValue(ScheduledEventId, out var operation)
            || operation.RequestId != RequestId
            || operation.Phase != NexusOperationPhase.Scheduled
            || operation.Attempts != EarlierAttempts)
        {
            return Decision.Answer(Done.Instance);
        }

        var draft = new Draft(state, context);
        Record(draft, operation);
        if (Outcome is not NexusStartOutcome.Failed)
        {
            WorkflowTasks.Ensure(draft);
        }

        return Decision.Accept(draft, Done.Instance);
    }

    private void Record(Draft draft, NexusOperation operation)
    {
        switch (Outcome)
        {
            case NexusStartOutcome.Completed completed:
                NexusEvents.Completed(draft, operation, completed.Result, completed.Links);
                break;
            case NexusStartOutcome.Started started:
                NexusEvents.Started(draft, operation, started.Token, draft.Now, started.Links);
                break;
            case NexusStartOutcome.Unsuccessful { IsCanceled: true } canceled:
                NexusEvents.Canceled(draft, operation, canceled.Failure);
                break;
            case NexusStartOutcome.Unsuccessful failed:
                NexusEvents.Failed(draft, operation, failed.Failure);
                break;
            case NexusStartOutcome.Refused refused:
                NexusEvents.Failed(draft, operation, refused.Failure);
                break;
            case NexusStartOutcome.OutOfTime late:
                NexusEvents.TimedOut(draft, operation, late.Type);
                break;
            case NexusStartOutcome.Failed failed:
                var limits = draft.Context.Limits;
                var wait = Backoff.After(EarlierAttempts + 1, limits.NexusFirstRetry, limits.NexusLongestRetry);
                draft.Emit(new NexusAttemptFailed(ScheduledEventId, draft.Now, draft.Now + wait, failed.Failure));
                break;
            default:
                throw new InvalidOperationException($"{Key}: {Outcome} is no outcome of a start.");
        }
    }
}
