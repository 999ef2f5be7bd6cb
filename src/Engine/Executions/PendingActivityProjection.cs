using Temporalio.Api.Activity.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>A pending activity as <c>DescribeWorkflowExecution</c> shows it.</summary>
internal static class PendingActivityProjection
{
    public static PendingActivityInfo Of(PendingActivity activity)
    {
        var scheduled = activity.Attributes;
        var info = new PendingActivityInfo
        {
            ActivityId = activity.ActivityId,
            ActivityType = scheduled.ActivityType,
            State = StateOf(activity),
            Attempt = activity.Attempt,
            MaximumAttempts = scheduled.RetryPolicy.MaximumAttempts,
            ExpirationTime = activity.ExpiresAt?.ToTimestamp(),
            LastFailure = activity.LastFailure,
            LastWorkerIdentity = activity.LastWorkerIdentity,
            LastStartedTime = activity.StartedAt?.ToTimestamp(),
            LastAttemptCompleteTime = activity.LastAttemptCompletedAt?.ToTimestamp(),
            Priority = scheduled.Priority,
            ActivityOptions = OptionsOf(activity),
        };
        if (activity.Pause is { } pause)
        {
            info.Paused = true;
            info.PauseInfo = new PendingActivityInfo.Types.PauseInfo
            {
                PauseTime = pause.At.ToTimestamp(),
                Manual = new PendingActivityInfo.Types.PauseInfo.Types.Manual
                {
                    Identity = pause.Identity,
                    Reason = pause.Reason,
                },
            };
        }

        if (activity.LastHeartbeatAt is { } beat)
        {
            info.LastHeartbeatTime = beat.ToTimestamp();
            info.HeartbeatDetails = activity.HeartbeatDetails;
        }

        if (!activity.IsStarted)
        {
            info.ScheduledTime = activity.ScheduledAt.ToTimestamp();
        }

        if (activity is { WaitsForRetry: true, Pause: null, LastAttemptCompletedAt: { } failedAt })
        {
            info.NextAttemptScheduleTime = activity.ScheduledAt.ToTimestamp();
            info.CurrentRetryInterval = (activity.ScheduledAt - failedAt).ToProto();
        }
        else
        {
            info.CurrentRetryInterval = RetryPolicies.Interval(scheduled.RetryPolicy, activity.Attempt).ToProto();
        }

        return info;
    }

    private static PendingActivityState StateOf(PendingActivity activity)
    {
        if (activity.CancelRequestedEventId != 0)
        {
            return PendingActivityState.CancelRequested;
        }

        if (activity.Pause is not null)
        {
            return activity.IsStarted ? PendingActivityState.PauseRequested : PendingActivityState.Paused;
        }

        return activity.IsStarted ? PendingActivityState.Started : PendingActivityState.Scheduled;
    }

    /// <summary>The options that hold now.</summary>
    public static ActivityOptions OptionsOf(PendingActivity activity) => new()
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
