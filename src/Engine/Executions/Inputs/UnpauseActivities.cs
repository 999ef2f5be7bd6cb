using AugmentedOS.Engine.Executions.ActivityControl;
using AugmentedOS.Engine.Executions.Facts;
using Google.Protobuf.WellKnownTypes;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Lets paused activities go on. One that is not paused is passed over.</summary>
internal sealed record UnpauseActivities(
    WorkflowKey Workflow,
    RunId? Run,
    ActivitySelection Selection,
    bool ResetAttempts,
    bool ResetHeartbeat,
    Duration? Jitter) : ActivityCommand(Workflow, Run, Selection)
{
    protected override Rejection? Apply(Draft draft, PendingActivity activity)
    {
        if (activity.Pause is not null)
        {
            draft.Emit(new ActivityUnpaused(
                activity.ScheduledEventId,
                draft.Now,
                ActivityJitter.Due(Jitter, draft.Context),
                ResetAttempts,
                ResetHeartbeat));
        }

        return null;
    }
}
