using AugmentedOS.Engine.Executions.Facts;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>An attempt failed: it is retried, or the activity has failed.</summary>
/// <param name="LastHeartbeatDetails">Progress that the worker had not reported yet; null when there is none.</param>
internal sealed record FailActivity(
    WorkflowKey Workflow,
    RunId? Run,
    ActivityTarget Target,
    Failure? Failure,
    Payloads? LastHeartbeatDetails,
    string Identity) : ActivityAnswer(Workflow, Run, Target)
{
    protected override Rejection? Refuse()
    {
        if (Failure is not null && Failure.ApplicationFailureInfo is null)
        {
            return Rejection.InvalidArgument("Failure must have ApplicationFailureInfo.");
        }

        return Failure?.ApplicationFailureInfo.NextRetryDelay.Problem() is { } problem
            ? Rejection.InvalidArgument($"NextRetryDelay is not a valid duration: {problem}")
            : null;
    }

    protected override Decision DecideOn(Draft draft, PendingActivity activity)
    {
        var limit = draft.Context.Limits.BlobSizeError;
        var (failure, dropped) = (Failure, new List<Failure>());
        if (failure?.CalculateSize() > limit)
        {
            failure = ActivityFailures.OfServer(ActivityFailures.FailureTooLarge);
            failure.Cause = ActivityFailures.Truncate(Failure!, draft.Context.Limits.BlobSizeWarn);
            dropped.Add(failure);
        }

        if (LastHeartbeatDetails?.CalculateSize() > limit)
        {
            dropped.Add(ActivityFailures.OfServer(ActivityFailures.HeartbeatTooLarge));
        }
        else if (LastHeartbeatDetails is not null)
        {
            draft.Emit(new ActivityHeartbeatRecorded(activity.ScheduledEventId, draft.Now, LastHeartbeatDetails));
            activity = draft.State.Activities[activity.ScheduledEventId];
        }

        if (ActivityClosing.RetryOrFail(draft, activity, failure, Identity))
        {
            WorkflowTasks.Ensure(draft);
        }

        return Decision.Accept(draft, new FailedActivity(dropped));
    }
}
