using AugmentedOS.Engine.Executions.ActivityControl;
using AugmentedOS.Engine.Executions.Facts;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Keeps activities from workers. One that runs goes on, and learns of it with its next heartbeat.</summary>
internal sealed record PauseActivities(
    WorkflowKey Workflow, RunId? Run, ActivitySelection Selection, string Identity, string Reason, string RequestId)
    : ActivityCommand(Workflow, Run, Selection)
{
    protected override Rejection? Apply(Draft draft, PendingActivity activity)
    {
        if (activity.Pause is { } pause)
        {
            return pause.RequestId == RequestId
                ? null
                : Rejection.FailedPrecondition("activity is already paused");
        }

        draft.Emit(new ActivityPaused(activity.ScheduledEventId, draft.Now, Identity, Reason, RequestId));
        return null;
    }
}
