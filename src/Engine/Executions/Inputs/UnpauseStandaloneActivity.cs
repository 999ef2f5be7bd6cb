using AugmentedOS.Engine.Executions.ActivityControl;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.StandaloneActivities;
using Google.Protobuf.WellKnownTypes;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Lets a paused activity without a workflow go on, not before its start delay or its backoff is over. Answers
/// <see cref="Done"/>, also to a repetition.</summary>
internal sealed record UnpauseStandaloneActivity(
    WorkflowKey Activities, RunId? Run, string RequestId, string Identity, Duration? Jitter) : RunInput(Activities, Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        if (state.Activity!.UnpauseRequestId == RequestId)
        {
            return Decision.Answer(Done.Instance);
        }

        var standing = ActivityStandings.Of(state);
        if (standing is not (ActivityStanding.Paused or ActivityStanding.PauseRequested))
        {
            return Decision.Reject(Rejection.FailedPrecondition(
                $"activity is in {(state.IsClosed ? "terminal" : "non-unpausable")} state {standing}"));
        }

        var activity = ActivityRun.Of(state);
        var due = ActivityRun.NotBeforeStart(state, ActivityJitter.Due(Jitter, context));
        var draft = new Draft(state, context);
        draft.Emit(new ActivityUnpaused(
            activity.ScheduledEventId,
            draft.Now,
            activity is { WaitsForRetry: true, Attempt: > 1 } ? Instant.Later(due, activity.ScheduledAt) : due,
            ResetAttempts: false,
            ResetHeartbeat: false));
        draft.Emit(new StandaloneActivityAsked(ActivityRequestKind.Unpause, RequestId, Identity, "", draft.Now));
        return Decision.Accept(draft, Done.Instance);
    }
}
