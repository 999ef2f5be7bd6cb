using AugmentedOS.Engine.Executions.ActivityControl;
using AugmentedOS.Engine.Executions.Facts;
using Google.Protobuf.WellKnownTypes;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Lets activities begin again at their first attempt: those that wait now; an attempt that runs counts as the
/// first.</summary>
internal sealed record ResetActivities(
    WorkflowKey Workflow,
    RunId? Run,
    ActivitySelection Selection,
    bool ResetHeartbeat,
    bool KeepPaused,
    bool RestoreOptions,
    Duration? Jitter) : ActivityCommand(Workflow, Run, Selection)
{
    protected override Rejection? Apply(Draft draft, PendingActivity activity)
    {
        if (RestoreOptions)
        {
            draft.Emit(new ActivityOptionsChanged(activity.ScheduledEventId, draft.Now, activity.Scheduled));
        }

        draft.Emit(new ActivityWasReset(
            activity.ScheduledEventId,
            draft.Now,
            ActivityJitter.Due(Jitter, draft.Context),
            ResetHeartbeat,
            KeepPaused));
        return null;
    }
}
