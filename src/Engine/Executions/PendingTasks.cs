using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Versioning;
using AugmentedOS.Engine.TaskQueues;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>The tasks that exist because a run's state says so.</summary>
internal static class PendingTasks
{
    private const int DefaultPriority = 3;

    /// <summary>The tasks that this change brought about and that are still waiting after it.</summary>
    public static List<TaskReference> After(RunChange change)
    {
        var tasks = new List<TaskReference>(1);   // hardly ever more
        var moved = RunRoutes.Moved(change.Before, change.After);
        if (OfWorkflow(change.After) is { } task && (moved || !Had(change.Before, task)))
        {
            tasks.Add(task);
        }

        if (moved || Resumes(change))
        {
            tasks.AddRange(OfActivities(change.After));
            return tasks;
        }

        foreach (var fact in change.Facts)
        {
            var scheduledEventId = fact switch
            {
                EventRecorded { Event.EventType: EventType.ActivityTaskScheduled } scheduled => scheduled.Event.EventId,
                ActivityBackoffElapsed elapsed => elapsed.ScheduledEventId,
                ActivityUnpaused unpaused => unpaused.ScheduledEventId,
                ActivityWasReset reset => reset.ScheduledEventId,
                ActivityOptionsChanged changed => changed.ScheduledEventId,
                _ => 0,
            };
            if (scheduledEventId != 0 && OfActivity(change.After, scheduledEventId) is { } activity
                && !tasks.Contains(activity))
            {
                tasks.Add(activity);
            }
        }

        return tasks;
    }

    /// <summary>Whether the change takes up activities that were scheduled before it: by the end of a pause, or by a
    /// reset.</summary>
    public static bool Resumes(RunChange change) =>
        change.Copied is not null || (change.Before is { IsPaused: true } && !change.After.IsPaused);

    /// <summary>Whether the change may let go on what has waited for long: an activity's time may have run out meanwhile,
    /// and only not been recorded yet.</summary>
    public static bool MayBeOverdue(RunChange change) => Resumes(change) || change.Facts.Any(fact =>
        fact is ActivityBackoffElapsed or ActivityUnpaused or ActivityWasReset or ActivityOptionsChanged);

    /// <summary>Every task that waits, for a run that was just loaded.</summary>
    public static IEnumerable<TaskReference> All(RunState state)
    {
        if (OfWorkflow(state) is { } task)
        {
            yield return task;
        }

        foreach (var activity in OfActivities(state))
        {
            yield return activity;
        }
    }

    private static IEnumerable<TaskReference> OfActivities(RunState state) =>
        state.Activities.Keys.Order().Select(id => OfActivity(state, id)).OfType<TaskReference>();

    private static TaskReference? OfWorkflow(RunState state)
    {
        if (state.Task is not { IsStarted: false } task || state.IsClosed)
        {
            return null;
        }

        var normal = new TaskQueueKey(state.Key.Namespace, state.Started.TaskQueue.Name, TaskQueueType.Workflow);
        var queue = task.StickyQueue is { } sticky ? normal with { Name = sticky, IsSticky = true } : normal;
        return new TaskReference(
            state.Key,
            queue,
            queue.IsSticky ? normal : null,
            task.ScheduledEventId,
            task.Attempt,
            task.ScheduledAt - state.Ahead,
            PriorityOf(state.Options.Priority?.PriorityKey))
        {
            FairnessKey = state.Options.Priority?.FairnessKey ?? "",
            FairnessWeight = state.Options.Priority?.FairnessWeight ?? 0,
            Route = RunRoutes.Of(state),
        };
    }

    private static TaskReference? OfActivity(RunState state, long scheduledEventId)
    {
        if (!state.Activities.TryGetValue(scheduledEventId, out var activity)
            || activity.IsStarted || activity.WaitsForRetry || activity.Pause is not null || state.IsPaused || RunRoutes.HoldsActivities(state))
        {
            return null;
        }

        var priority = PriorityRules.Merge(state.Options.Priority, activity.Attributes.Priority);
        return new TaskReference(
            state.Key,
            new TaskQueueKey(
                state.Activity is null ? state.Key.Namespace : IdSpaces.NamespaceOfActivities(state.Key.Namespace),
                activity.Attributes.TaskQueue.Name,
                TaskQueueType.Activity),
            Fallback: null,
            scheduledEventId,
            activity.Attempt,
            activity.ScheduledAt - state.Ahead,
            PriorityOf(priority?.PriorityKey))
        {
            FairnessKey = priority?.FairnessKey ?? "",
            FairnessWeight = priority?.FairnessWeight ?? 0,
            Route = RunRoutes.Of(state),
        };
    }

    private static bool Had(RunState? before, TaskReference task) =>
        before?.Task is { IsStarted: false } old
        && old.ScheduledEventId == task.ScheduledEventId
        && old.Attempt == task.Attempt;

    private static int PriorityOf(int? key) => key is > 0 and var given ? given : DefaultPriority;
}
