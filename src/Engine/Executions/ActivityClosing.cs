using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.StandaloneActivities;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>How activities end: the closing event, and before it the STARTED event that was put off.</summary>
internal static class ActivityClosing
{
    public static void Complete(Draft draft, PendingActivity activity, Payloads? result, string identity)
    {
        var startedEventId = RecordStarted(draft, activity.IsStarted ? activity : StartedBy(activity, identity, draft));
        draft.RecordOrBuffer(EventType.ActivityTaskCompleted, e => e.ActivityTaskCompletedEventAttributes =
            new ActivityTaskCompletedEventAttributes
            {
                Result = result,
                ScheduledEventId = activity.ScheduledEventId,
                StartedEventId = startedEventId,
                Identity = identity,
            });
        ActivityRun.CloseIfEnded(draft, EventType.ActivityTaskCompleted);
    }

    public static void Cancel(Draft draft, PendingActivity activity, Payloads? details, string identity)
    {
        var startedEventId = RecordStarted(draft, activity);
        draft.RecordOrBuffer(EventType.ActivityTaskCanceled, e => e.ActivityTaskCanceledEventAttributes =
            new ActivityTaskCanceledEventAttributes
            {
                Details = details,
                LatestCancelRequestedEventId = activity.CancelRequestedEventId,
                ScheduledEventId = activity.ScheduledEventId,
                StartedEventId = startedEventId,
                Identity = identity,
            });
        ActivityRun.CloseIfEnded(draft, EventType.ActivityTaskCanceled);
    }

    /// <summary>The failed attempt is followed by another, or the activity has failed.</summary>
    /// <returns>Whether it ended.</returns>
    public static bool RetryOrFail(Draft draft, PendingActivity activity, Failure? failure, string identity)
    {
        var retry = Retry(draft, activity, failure);
        if (retry.IsRetried)
        {
            return false;
        }

        var startedEventId = RecordStarted(draft, activity);
        draft.RecordOrBuffer(EventType.ActivityTaskFailed, e => e.ActivityTaskFailedEventAttributes =
            new ActivityTaskFailedEventAttributes
            {
                Failure = failure,
                ScheduledEventId = activity.ScheduledEventId,
                StartedEventId = startedEventId,
                Identity = identity,
                RetryState = retry.State,
            });
        ActivityRun.CloseIfEnded(draft, EventType.ActivityTaskFailed);
        return true;
    }

    public static void TimeOut(Draft draft, PendingActivity activity, Failure failure, RetryState retryState)
    {
        var startedEventId = RecordStarted(draft, activity);
        var final = failure.Clone();
        final.TimeoutFailureInfo.LastHeartbeatDetails = activity.HeartbeatDetails;
        final.Cause = activity.LastFailure;
        draft.RecordOrBuffer(EventType.ActivityTaskTimedOut, e => e.ActivityTaskTimedOutEventAttributes =
            new ActivityTaskTimedOutEventAttributes
            {
                Failure = final,
                ScheduledEventId = activity.ScheduledEventId,
                StartedEventId = startedEventId,
                RetryState = retryState,
            });
        ActivityRun.CloseIfEnded(draft, EventType.ActivityTaskTimedOut);
    }

    /// <summary>Schedules the next attempt if there is one.</summary>
    public static RetryDecision Retry(Draft draft, PendingActivity activity, Failure? failure)
    {
        if (activity.CancelRequestedEventId != 0)
        {
            return RetryDecision.GiveUp(RetryState.CancelRequested);
        }

        if (activity.IsReset && draft.State.Activity is not null)
        {
            return ActivityRun.BeginAgain(draft, activity, failure);
        }

        var retry = RetryPolicies.NextRetry(
            activity.Attributes.RetryPolicy,
            activity.Attempt,
            failure,
            draft.Now,
            activity.ExpiresAt,
            delayIgnoresMaximum: true);
        if (activity.Pause is not null && draft.State.Activity is null
            && retry.State is RetryState.MaximumAttemptsReached or RetryState.Timeout)
        {
            // Whoever paused it decides whether it goes on: neither the number of attempts nor the time that is left.
            var policy = activity.Attributes.RetryPolicy;
            retry = new RetryDecision(RetryState.InProgress, RetryPolicies.Interval(policy, activity.Attempt));
        }

        if (retry.IsRetried)
        {
            draft.Emit(new ActivityRetryScheduled(
                activity.ScheduledEventId,
                activity.Attempt + 1,
                draft.Now,
                draft.Now + retry.Delay,
                ActivityFailures.ToKeep(failure ?? new Failure(), draft.Context.Limits)));
        }

        return retry;
    }

    /// <summary>Writes STARTED of an attempt that is running, as of when it began.</summary>
    /// <returns>Its id; 0 when no attempt is running, or when it is buffered and wired at the flush.</returns>
    private static long RecordStarted(Draft draft, PendingActivity activity)
    {
        if (activity.StartedAt is not { } startedAt)
        {
            return 0;
        }

        var attributes = new ActivityTaskStartedEventAttributes
        {
            ScheduledEventId = activity.ScheduledEventId,
            Identity = activity.Identity,
            RequestId = activity.RequestId,
            Attempt = activity.Attempt,
            LastFailure = activity.LastFailure,
        };
        return draft.RecordOrBuffer(
            EventType.ActivityTaskStarted, startedAt, e => e.ActivityTaskStartedEventAttributes = attributes).EventId;
    }

    /// <summary>An activity completed by id before any worker took it counts as started by its completer.</summary>
    private static PendingActivity StartedBy(PendingActivity activity, string identity, Draft draft) =>
        activity with { StartedAt = draft.Now, Identity = identity, RequestId = "" };
}
