using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Nexus;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>What a completion callback came to. Answers <see cref="Done"/>, also to a repetition.</summary>
/// <param name="EarlierAttempts">How many attempts had ended before this one.</param>
/// <param name="Failure">Why it failed; null when it was taken.</param>
/// <param name="IsRetried">Whether a failed one may do better later.</param>
internal sealed record RecordCallbackOutcome(
    RunKey Key, long Number, int EarlierAttempts, string? Failure, bool IsRetried)
    : RunInput(Key.Workflow, Key.Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        if (!state.Nexus.Callbacks.TryGetValue(Number, out var callback)
            || callback.Phase != CompletionCallbackPhase.Scheduled
            || callback.Attempts != EarlierAttempts)
        {
            return Decision.Answer(Done.Instance);
        }

        var draft = new Draft(state, context);
        if (Failure is null)
        {
            draft.Emit(new CallbackSucceeded(Number, draft.Now));
        }
        else
        {
            var limits = context.Limits;
            Instant? next = IsRetried
                ? draft.Now + Backoff.After(EarlierAttempts + 1, limits.CallbackFirstRetry, limits.CallbackLongestRetry)
                : null;
            draft.Emit(new CallbackAttemptFailed(Number, draft.Now, next, Failure));
        }

        return Decision.Accept(draft, Done.Instance);
    }
}
