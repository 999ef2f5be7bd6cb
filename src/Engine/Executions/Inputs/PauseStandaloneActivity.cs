using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.StandaloneActivities;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Keeps an activity without a workflow from workers; a running attempt goes on. Answers <see cref="Done"/>, also
/// to a repetition that comes after the pause has ended.</summary>
internal sealed record PauseStandaloneActivity(
    WorkflowKey Activities, RunId? Run, string RequestId, string Identity, string Reason) : RunInput(Activities, Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        if (state.Activity!.PauseRequestId == RequestId)
        {
            return Decision.Answer(Done.Instance);
        }

        var standing = ActivityStandings.Of(state);
        if (standing is not (ActivityStanding.Scheduled or ActivityStanding.Started))
        {
            return Decision.Reject(Rejection.FailedPrecondition($"activity is in non-pausable state {standing}"));
        }

        var draft = new Draft(state, context);
        draft.Emit(new ActivityPaused(
            ActivityRun.Of(state).ScheduledEventId, draft.Now, Identity, Reason, RequestId));
        return Decision.Accept(draft, Done.Instance);
    }
}
