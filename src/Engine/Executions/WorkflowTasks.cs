using AugmentedOS.Engine.Executions.Facts;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.TaskQueue.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>When a workflow task exists: at most one, whenever the workflow has something to react to.</summary>
internal static class WorkflowTasks
{
    private const int FirstBackedOffAttempt = 4;
    private static readonly TimeSpan RetryBackoff = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestRetryBackoff = TimeSpan.FromMinutes(10);

    /// <summary>Called after each event that the workflow must learn of. Nothing happens while a task is pending (it
    /// will see the event), during the first backoff, or before a child's parent knows of it.</summary>
    public static void Ensure(Draft draft)
    {
        var state = draft.State;
        if (state.IsClosed || state.IsPaused || state.Task is not null || state.InFirstTaskBackoff || state.AwaitsParent
            || state.IsStandalone)
        {
            return;
        }

        Schedule(draft);
    }

    /// <summary>Schedules a normal task: to the sticky queue when there is one, else to the normal queue. A paused run
    /// gets none: only what is buffered enters history.</summary>
    public static void Schedule(Draft draft)
    {
        BufferedEvents.Flush(draft);
        if (!draft.State.IsPaused)
        {
            RecordScheduled(draft, attempt: 1);
        }
    }

    /// <summary>Schedules a task whose facts are to be held back: an update is its only cause. Also where a normal queue
    /// has it, it does not wait for ever: it may have got lost with the memory that it is in.</summary>
    public static void ScheduleSpeculative(Draft draft)
    {
        RecordScheduled(draft, attempt: 1);
        if (draft.State.Task is { ScheduleToStartDeadline: null })
        {
            draft.Emit(new TaskPatienceLimited(draft.Now + draft.Context.Limits.SpeculativeTaskPatience));
        }
    }

    /// <summary>The task after one that failed or timed out: a normal one when there is news or a fresh start is
    /// due, else a transient retry that leaves no trace in history until it completes.</summary>
    /// <param name="failedAttempt">The attempt that failed.</param>
    /// <param name="wasSticky">Whether stickiness was just cleared because of it: that failure does not count.</param>
    public static void Retry(Draft draft, int failedAttempt, bool wasSticky)
    {
        var flushed = BufferedEvents.Flush(draft);
        if (draft.State.IsPaused)
        {
            return;
        }

        if (flushed || wasSticky)
        {
            RecordScheduled(draft, attempt: 1);
            return;
        }

        var attempt = failedAttempt + 1;
        draft.Emit(new TransientTaskScheduled(attempt, draft.Now, RetryTimeout(draft.State.Timeouts.Task, attempt)));
    }

    /// <summary>Writes a transient task into history, because it is about to matter.</summary>
    public static void RecordScheduledTransient(Draft draft, WorkflowTask task) =>
        RecordScheduled(draft, task.Attempt, task.ScheduledAt, task.StartToClose);

    private static void RecordScheduled(Draft draft, int attempt) =>
        RecordScheduled(draft, attempt, draft.Now, draft.State.Timeouts.Task);

    private static void RecordScheduled(Draft draft, int attempt, Instant at, TimeSpan startToClose)
    {
        var state = draft.State;
        draft.Record(EventType.WorkflowTaskScheduled, at, e => e.WorkflowTaskScheduledEventAttributes =
            new WorkflowTaskScheduledEventAttributes
            {
                TaskQueue = QueueFor(state),
                StartToCloseTimeout = startToClose.ToProto(),
                Attempt = attempt,
            });
    }

    public static TaskQueue NormalQueue(RunState state) =>
        new() { Name = state.Started.TaskQueue.Name, Kind = TaskQueueKind.Normal };

    private static TaskQueue QueueFor(RunState state) => state.Sticky is { } sticky
        ? new TaskQueue
        {
            Name = sticky.Name,
            Kind = TaskQueueKind.Sticky,
            NormalName = state.Started.TaskQueue.Name,
        }
        : NormalQueue(state);

    /// <summary>Retries are available at once; it is their time to answer that grows, from the fourth attempt on.</summary>
    private static TimeSpan RetryTimeout(TimeSpan taskTimeout, int attempt)
    {
        if (attempt < FirstBackedOffAttempt)
        {
            return taskTimeout;
        }

        var factor = Math.Pow(2, Math.Min(attempt - FirstBackedOffAttempt, 20));
        var backoff = TimeSpan.FromTicks((long)Math.Min(RetryBackoff.Ticks * factor, LongestRetryBackoff.Ticks));
        return taskTimeout + backoff;
    }
}
