using AugmentedOS.Engine.Executions.Facts;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>What time does to activities.</summary>
internal static class ActivityTimeouts
{
    private const string NotEnoughTime =
        "Not enough time to schedule next retry before activity ScheduleToClose timeout, giving up retrying";

    /// <summary>Carries out an activity's deadline. The caller sees to the workflow task when an event came of it.</summary>
    public static void Handle(Draft draft, Deadline due)
    {
        var activity = draft.State.Activities[due.EventId];
        switch (due.Kind)
        {
            case DeadlineKind.ActivityRetry:
                draft.Emit(new ActivityBackoffElapsed(activity.ScheduledEventId));
                break;
            case DeadlineKind.ActivityScheduleToStart:
                TimeOut(draft, activity, TimeoutType.ScheduleToStart);
                break;
            case DeadlineKind.ActivityScheduleToClose:
                TimeOut(draft, activity, TimeoutType.ScheduleToClose);
                break;
            case DeadlineKind.ActivityStartToClose:
                RetryOrTimeOut(draft, activity, TimeoutType.StartToClose);
                break;
            case DeadlineKind.ActivityHeartbeat:
                RetryOrTimeOut(draft, activity, TimeoutType.Heartbeat);
                break;
            default:
                throw new InvalidOperationException($"{due.Kind} is no deadline of an activity.");
        }
    }

    /// <summary>Another attempt would not help: nobody took it, or its time is up.</summary>
    private static void TimeOut(Draft draft, PendingActivity activity, TimeoutType type) => ActivityClosing.TimeOut(
        draft,
        activity,
        ActivityFailures.OfTimeout(type, Message(type)),
        activity.CancelRequestedEventId != 0 ? RetryState.CancelRequested : RetryState.Timeout);

    private static void RetryOrTimeOut(Draft draft, PendingActivity activity, TimeoutType type)
    {
        var failure = ActivityFailures.OfTimeout(type, Message(type));
        var retry = ActivityClosing.Retry(draft, activity, failure);
        if (retry.IsRetried)
        {
            return;
        }

        if (retry.State == RetryState.Timeout)
        {
            failure = ActivityFailures.OfTimeout(TimeoutType.ScheduleToClose, NotEnoughTime);
        }

        ActivityClosing.TimeOut(draft, activity, failure, retry.State);
    }

    private static string Message(TimeoutType type) => $"activity {type} timeout";
}
