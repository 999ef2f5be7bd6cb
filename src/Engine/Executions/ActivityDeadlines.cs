namespace AugmentedOS.Engine.Executions;

/// <summary>Which of an activity's clocks runs out first.</summary>
internal static class ActivityDeadlines
{
    public static Deadline? Next(PendingActivity activity)
    {
        Deadline? next = null;
        Consider(activity.Attributes.ScheduleToCloseTimeout.OrZero(), activity.FirstScheduledAt + activity.StartDelay,
            DeadlineKind.ActivityScheduleToClose);
        if (activity is { Pause: not null, IsStarted: false })
        {
            return next; // Neither a retry nor a poller is waited for in a pause.
        }

        if (activity.WaitsForRetry)
        {
            Offer(activity.ScheduledAt, DeadlineKind.ActivityRetry);
        }
        else if (activity.StartedAt is not { } startedAt)
        {
            Consider(activity.Attributes.ScheduleToStartTimeout.OrZero(), activity.ScheduledAt,
                DeadlineKind.ActivityScheduleToStart);
        }
        else
        {
            Consider(activity.Attributes.StartToCloseTimeout.OrZero(), startedAt, DeadlineKind.ActivityStartToClose);
            var lastSign = activity.LastHeartbeatAt is { } beat && beat > startedAt ? beat : startedAt;
            Consider(activity.Attributes.HeartbeatTimeout.OrZero(), lastSign, DeadlineKind.ActivityHeartbeat);
        }

        return next;

        void Consider(TimeSpan timeout, Instant from, DeadlineKind kind)
        {
            if (timeout > TimeSpan.Zero)
            {
                Offer(from + timeout, kind);
            }
        }

        void Offer(Instant at, DeadlineKind kind)
        {
            if (next is null || at < next.Value.At)
            {
                next = new Deadline(at, kind, activity.ScheduledEventId);
            }
        }
    }
}
