using System.Collections.Immutable;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Pausing;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Folding;

/// <summary>The fold of activities: those that history shows and the attempts that it does not.</summary>
internal static class FoldActivities
{
    public static RunState Scheduled(RunState state, HistoryEvent happened)
    {
        var at = Instant.From(happened.EventTime);
        var activity = new PendingActivity
        {
            ScheduledEventId = happened.EventId,
            Attributes = happened.ActivityTaskScheduledEventAttributes,
            FirstScheduledAt = at,
            ScheduledAt = at,
        };
        activity = state.Activity is null ? activity : FoldStandaloneActivity.Scheduled(state, activity, happened);
        return FoldStandaloneActivity.Linked(state, happened) with
        {
            Activities = state.Activities.Add(activity.ScheduledEventId, activity),
            ActivityIds = state.ActivityIds.SetItem(activity.ActivityId, activity.ScheduledEventId),
            Deadlines = activity.NextDeadline is { } due ? state.Deadlines.Add(due) : state.Deadlines,
        };
    }

    public static RunState CancelRequested(RunState state, HistoryEvent happened)
    {
        var scheduledEventId = happened.ActivityTaskCancelRequestedEventAttributes.ScheduledEventId;
        return state.Activities.TryGetValue(scheduledEventId, out var activity)
            ? Replace(state, activity, activity with { CancelRequestedEventId = happened.EventId })
            : state;
    }

    public static RunState AttemptStarted(RunState state, ActivityAttemptStarted started)
    {
        var activity = state.Activities[started.ScheduledEventId];
        return Replace(state, activity, activity with
        {
            StartedAt = started.At,
            Identity = started.Identity,
            RequestId = started.RequestId,
            LastWorkerIdentity = started.Identity,
            WaitsForRetry = false,
        });
    }

    public static RunState RetryScheduled(RunState state, ActivityRetryScheduled retry)
    {
        var activity = state.Activities[retry.ScheduledEventId];
        return Replace(state, activity, activity with
        {
            Attempt = retry.Attempt,
            ScheduledAt = retry.DueAt,
            WaitsForRetry = true,
            IsReset = false,
            ForgetsHeartbeat = false,
            HeartbeatDetails = activity.ForgetsHeartbeat ? null : activity.HeartbeatDetails,
            LastHeartbeatAt = activity.ForgetsHeartbeat ? null : activity.LastHeartbeatAt,
            StartedAt = null,
            Identity = "",
            RequestId = "",
            LastFailure = retry.LastFailure,
            LastAttemptCompletedAt = retry.FailedAt,
        });
    }

    public static RunState BackoffElapsed(RunState state, ActivityBackoffElapsed elapsed)
    {
        var activity = state.Activities[elapsed.ScheduledEventId];
        return Replace(state, activity, activity with { WaitsForRetry = false });
    }

    public static RunState HeartbeatRecorded(RunState state, ActivityHeartbeatRecorded heartbeat)
    {
        var activity = state.Activities[heartbeat.ScheduledEventId];
        return Replace(state, activity, activity with
        {
            HeartbeatDetails = heartbeat.Details,
            LastHeartbeatAt = heartbeat.At,
        });
    }

    public static RunState Ended(RunState state, long scheduledEventId)
    {
        if (!state.Activities.TryGetValue(scheduledEventId, out var activity))
        {
            return state;
        }

        var after = state with
        {
            Activities = state.Activities.Remove(scheduledEventId),
            ActivityIds = IdsWithout(state, activity),
            Deadlines = activity.NextDeadline is { } due ? state.Deadlines.Remove(due) : state.Deadlines,
        };
        return PauseInfoAttribute.Follow(after, activity, after: null);
    }

    /// <summary>All that wait for a worker begin again: their times count from now.</summary>
    public static RunState Rescheduled(RunState state, Instant at)
    {
        foreach (var activity in state.Activities.Values)
        {
            state = Replace(state, activity, activity with { FirstScheduledAt = at, ScheduledAt = at });
        }

        return state;
    }

    /// <summary>In a history that was copied, the end of an activity may stand behind the next one of its id: it was
    /// written only after the workflow task that scheduled that one.</summary>
    private static ImmutableDictionary<string, long> IdsWithout(RunState state, PendingActivity ended) =>
        state.ActivityIds.GetValueOrDefault(ended.ActivityId) == ended.ScheduledEventId
            ? state.ActivityIds.Remove(ended.ActivityId)
            : state.ActivityIds;

    /// <summary>The state with another activity in the place of one, and their deadlines.</summary>
    public static RunState Replace(RunState state, PendingActivity before, PendingActivity after)
    {
        var (was, will) = (before.NextDeadline, after.NextDeadline);
        var deadlines = state.Deadlines;
        if (was != will)
        {
            deadlines = was is { } old ? deadlines.Remove(old) : deadlines;
            deadlines = will is { } due ? deadlines.Add(due) : deadlines;
        }

        var replaced = PauseInfoAttribute.Follow(
            state with
            {
                Activities = state.Activities.SetItem(after.ScheduledEventId, after),
                Deadlines = deadlines,
            },
            before,
            after);
        return state.Activity is null ? replaced : FoldStandaloneActivity.Shown(replaced);
    }
}
