using AugmentedOS.Engine.Executions;
using Temporalio.Api.Activity.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;

namespace AugmentedOS.Engine.Api.Workflows;

/// <summary>From a pending activity to its description.</summary>
internal static class PendingActivityDescription
{
    public static PendingActivityInfo Of(PendingActivity activity)
    {
        var attributes = activity.Attributes;
        var info = new PendingActivityInfo
        {
            ActivityId = activity.ActivityId,
            ActivityType = attributes.ActivityType,
            State = StateOf(activity),
            HeartbeatDetails = activity.HeartbeatDetails,
            LastHeartbeatTime = activity.LastHeartbeatAt?.ToTimestamp(),
            LastStartedTime = activity.StartedAt?.ToTimestamp(),
            Attempt = activity.Attempt,
            MaximumAttempts = attributes.RetryPolicy?.MaximumAttempts ?? 0,
            ScheduledTime = activity.ScheduledAt.ToTimestamp(),
            LastFailure = activity.LastFailure,
            LastWorkerIdentity = activity.LastWorkerIdentity,
            LastAttemptCompleteTime = activity.LastAttemptCompletedAt?.ToTimestamp(),
            Priority = attributes.Priority,
            ActivityOptions = Options(activity),
        };
        if (attributes.ScheduleToCloseTimeout.OrZero() is var total && total > TimeSpan.Zero)
        {
            info.ExpirationTime = (activity.FirstScheduledAt + total).ToTimestamp();
        }

        if (activity.WaitsForRetry)
        {
            info.NextAttemptScheduleTime = activity.ScheduledAt.ToTimestamp();
            if (activity.LastAttemptCompletedAt is { } ended)
            {
                info.CurrentRetryInterval = (activity.ScheduledAt - ended).ToProto();
            }
        }

        return info;
    }

    private static PendingActivityState StateOf(PendingActivity activity)
    {
        if (activity.CancelRequestedEventId != 0)
        {
            return PendingActivityState.CancelRequested;
        }

        return activity.IsStarted ? PendingActivityState.Started : PendingActivityState.Scheduled;
    }

    private static ActivityOptions Options(PendingActivity activity) => new()
    {
        TaskQueue = activity.Attributes.TaskQueue,
        ScheduleToCloseTimeout = activity.Attributes.ScheduleToCloseTimeout,
        ScheduleToStartTimeout = activity.Attributes.ScheduleToStartTimeout,
        StartToCloseTimeout = activity.Attributes.StartToCloseTimeout,
        HeartbeatTimeout = activity.Attributes.HeartbeatTimeout,
        RetryPolicy = activity.Attributes.RetryPolicy,
        Priority = activity.Attributes.Priority,
    };
}
