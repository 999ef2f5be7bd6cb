using AugmentedOS.Engine.Executions.ActivityControl;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.StandaloneActivities;
using Google.Protobuf.WellKnownTypes;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Lets an activity without a workflow begin again at its first attempt: one that waits at once, one that runs when
/// the running attempt has failed. Answers <see cref="Done"/>, also to a repetition.</summary>
internal sealed record ResetStandaloneActivity(
    WorkflowKey Activities,
    RunId? Run,
    string RequestId,
    string Identity,
    bool ResetsHeartbeat,
    bool KeepsPaused,
    bool RestoresOptions,
    Duration? Jitter) : RunInput(Activities, Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        if (state.Activity!.ResetRequestId == RequestId)
        {
            return Decision.Answer(Done.Instance);
        }

        var standing = ActivityStandings.Of(state);
        if (Refuse(standing) is { } refusal)
        {
            return Decision.Reject(Rejection.FailedPrecondition(refusal));
        }

        var draft = new Draft(state, context);
        if (standing is ActivityStanding.Started or ActivityStanding.PauseRequested)
        {
            draft.Emit(new StandaloneResetDeferred(
                RestoresOptions, ResetsHeartbeat, KeepsPaused && standing == ActivityStanding.PauseRequested));
        }
        else
        {
            BeginAgain(draft);
        }

        draft.Emit(new StandaloneActivityAsked(ActivityRequestKind.Reset, RequestId, Identity, "", draft.Now));
        return Decision.Accept(draft, Done.Instance);
    }

    private static string? Refuse(ActivityStanding standing) => standing switch
    {
        ActivityStanding.CancelRequested => "cannot reset an activity with a pending cancellation",
        ActivityStanding.ResetRequested => "cannot reset an activity with a pending reset",
        ActivityStanding.Scheduled or ActivityStanding.Paused or ActivityStanding.Started
            or ActivityStanding.PauseRequested => null,
        _ => "activity execution is not running",
    };

    private void BeginAgain(Draft draft)
    {
        var activity = ActivityRun.Of(draft.State);
        if (RestoresOptions)
        {
            ActivityRun.RestoreOptions(draft);
        }

        draft.Emit(new ActivityWasReset(
            activity.ScheduledEventId,
            draft.Now,
            ActivityRun.NotBeforeStart(draft.State, ActivityJitter.Due(Jitter, draft.Context)),
            ResetsHeartbeat,
            KeepsPaused && activity.Pause is not null));
    }
}
