using AugmentedOS.Engine.Executions.Versioning;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>The events of a workflow task's life.</summary>
internal static class WorkflowTaskEvents
{
    /// <summary>Writes SCHEDULED and STARTED of a transient task, with their own times, because it is about to end in a
    /// way that history shows. Nothing for a task that history has already.</summary>
    public static void RecordTransient(Draft draft, WorkflowTask task)
    {
        if (!task.IsTransient)
        {
            return;
        }

        WorkflowTasks.RecordScheduledTransient(draft, task);
        draft.Record(EventType.WorkflowTaskStarted, task.StartedAt, e => e.WorkflowTaskStartedEventAttributes =
            StartedAttributes(draft.State, task, draft.State.Task!.ScheduledEventId));
    }

    /// <summary>The SCHEDULED and STARTED events that a transient task would have, for its poller.</summary>
    public static IReadOnlyList<HistoryEvent> OfTransient(RunState state)
    {
        if (state.Task is not { IsTransient: true } task)
        {
            return [];
        }

        var scheduled = new HistoryEvent
        {
            EventId = task.ScheduledEventId,
            EventTime = task.ScheduledAt.ToTimestamp(),
            EventType = EventType.WorkflowTaskScheduled,
            WorkflowTaskScheduledEventAttributes = new WorkflowTaskScheduledEventAttributes
            {
                TaskQueue = WorkflowTasks.NormalQueue(state),
                StartToCloseTimeout = task.StartToClose.ToProto(),
                Attempt = task.Attempt,
            },
        };
        if (!task.IsStarted)
        {
            return [scheduled];
        }

        var started = new HistoryEvent
        {
            EventId = task.StartedEventId,
            EventTime = task.StartedAt.ToTimestamp(),
            EventType = EventType.WorkflowTaskStarted,
            WorkflowTaskStartedEventAttributes = StartedAttributes(state, task, task.ScheduledEventId),
        };
        return [scheduled, started];
    }

    public static void RecordFailed(
        Draft draft, WorkflowTask task, WorkflowTaskFailedCause cause, Failure? failure, string identity, string checksum = "") =>
        draft.Record(EventType.WorkflowTaskFailed, e => e.WorkflowTaskFailedEventAttributes =
            new WorkflowTaskFailedEventAttributes
            {
                ScheduledEventId = task.ScheduledEventId,
                StartedEventId = task.StartedEventId,
                Cause = cause,
                Failure = failure,
                Identity = identity,
                BinaryChecksum = checksum,
            });

    public static void RecordTimedOut(Draft draft, WorkflowTask task, TimeoutType type) =>
        draft.Record(EventType.WorkflowTaskTimedOut, e => e.WorkflowTaskTimedOutEventAttributes =
            new WorkflowTaskTimedOutEventAttributes
            {
                ScheduledEventId = task.ScheduledEventId,
                StartedEventId = task.StartedEventId,
                TimeoutType = type,
            });

    private static WorkflowTaskStartedEventAttributes StartedAttributes(
        RunState state, WorkflowTask task, long scheduledEventId) => new()
        {
            TargetWorkerDeploymentVersionChanged = VersionMoves.IsTargetChanged(state),
            ScheduledEventId = scheduledEventId,
            Identity = task.Identity,
            RequestId = task.RequestId,
            SuggestContinueAsNew = task.SuggestContinueAsNew,
            HistorySizeBytes = task.HistorySizeBytes,
        };
}
