using AugmentedOS.Engine.Executions.ActivityControl;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.StandaloneActivities;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Activity.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Changes the options of an activity without a workflow. Answers the <see cref="ActivityOptions"/> that hold now,
/// also to a repetition.</summary>
/// <param name="Mask">Null when the original options are restored.</param>
internal sealed record UpdateStandaloneActivity(
    WorkflowKey Activities, RunId? Run, string RequestId, string Identity, ActivityOptions Options, FieldMask? Mask)
    : RunInput(Activities, Run)
{
    private const string DelayPath = "start_delay";

    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        if (state.Activity!.UpdateRequestId == RequestId)
        {
            return Decision.Answer(OptionsOf(state));
        }

        var standing = ActivityStandings.Of(state);
        if (standing is not (ActivityStanding.Scheduled or ActivityStanding.Paused or ActivityStanding.Started
            or ActivityStanding.PauseRequested))
        {
            return Decision.Reject(Rejection.FailedPrecondition(
                $"Cannot update options for activity in state {standing}"));
        }

        var draft = new Draft(state, context);
        if ((Mask is null ? Restore(draft) : Merge(draft, Mask)) is { } refusal)
        {
            return Decision.Reject(refusal);
        }

        draft.Emit(new StandaloneActivityAsked(ActivityRequestKind.Update, RequestId, Identity, "", draft.Now));
        return Decision.Accept(draft, OptionsOf(draft.State));
    }

    private static Rejection? Restore(Draft draft)
    {
        ActivityRun.RestoreOptions(draft);
        return null;
    }

    private Rejection? Merge(Draft draft, FieldMask mask)
    {
        var activity = ActivityRun.Of(draft.State);
        var others = new FieldMask();
        others.Paths.AddRange(mask.Paths.Where(path => ActivityOptionsMerge.Snake(path) != DelayPath));
        if (others.Paths.Count < mask.Paths.Count)
        {
            if (IsDispatched(draft))
            {
                return Rejection.FailedPrecondition(
                    "cannot update start_delay: the first activity attempt has already been dispatched");
            }

            draft.Emit(new StartDelayChanged(Options.StartDelay.OrZero(), draft.Now));
        }

        if (!ActivityOptionsMerge.TryMerge(
            activity.Attributes, Options, others, draft.State, out var changed, out var refusal))
        {
            return refusal;
        }

        draft.Emit(new ActivityOptionsChanged(activity.ScheduledEventId, draft.Now, changed));
        return null;
    }

    /// <summary>Once the delay is over, the first attempt is with the workers, unless it is paused.</summary>
    private static bool IsDispatched(Draft draft) =>
        draft.State.FirstTaskAt <= draft.Now
        && (draft.State.Activity!.FirstStartedAt is not null
            || ActivityStandings.Of(draft.State) != ActivityStanding.Paused);

    private static ActivityOptions OptionsOf(RunState state)
    {
        var options = PendingActivityProjection.OptionsOf(ActivityRun.Of(state));
        options.StartDelay = state.Activity!.StartDelay > TimeSpan.Zero ? state.Activity.StartDelay.ToProto() : null;
        return options;
    }
}
