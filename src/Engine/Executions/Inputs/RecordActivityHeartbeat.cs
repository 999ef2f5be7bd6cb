using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.StandaloneActivities;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>The running attempt is alive and has come this far. What it says replaces what was said before.</summary>
internal sealed record RecordActivityHeartbeat(
    WorkflowKey Workflow, RunId? Run, ActivityTarget Target, Payloads? Details, string Identity)
    : ActivityAnswer(Workflow, Run, Target)
{
    protected override Decision DecideOn(Draft draft, PendingActivity activity)
    {
        if (Details?.CalculateSize() > draft.Context.Limits.BlobSizeError)
        {
            ActivityClosing.RetryOrFail(
                draft, activity, ActivityFailures.OfServer(ActivityFailures.HeartbeatTooLarge), Identity);
            WorkflowTasks.Ensure(draft);
            return Decision.Accept(draft, new RecordedActivityHeartbeat(IsCancelRequested: true));
        }

        draft.Emit(new ActivityHeartbeatRecorded(activity.ScheduledEventId, draft.Now, Details));
        if (draft.State.Activity is not null)
        {
            var standing = ActivityStandings.Of(activity);
            return Decision.Accept(draft, new RecordedActivityHeartbeat(
                standing == ActivityStanding.CancelRequested,
                standing == ActivityStanding.PauseRequested,
                standing == ActivityStanding.ResetRequested));
        }

        return Decision.Accept(draft, new RecordedActivityHeartbeat(
            activity.CancelRequestedEventId != 0, activity.Pause is not null, activity.IsReset));
    }
}
