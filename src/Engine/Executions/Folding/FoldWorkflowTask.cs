using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Resetting;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Folding;

/// <summary>The fold of workflow task events and of the transient tasks that history does not show.</summary>
internal static class FoldWorkflowTask
{
    public static RunState Scheduled(RunState state, HistoryEvent happened)
    {
        var attributes = happened.WorkflowTaskScheduledEventAttributes;
        var at = Instant.From(happened.EventTime);
        var sticky = attributes.TaskQueue.Kind == TaskQueueKind.Sticky ? state.Sticky : null;
        return state with
        {
            FirstTaskScheduled = true,
            Task = new WorkflowTask
            {
                ScheduledEventId = happened.EventId,
                Attempt = attributes.Attempt,
                ScheduledAt = at,
                OriginalScheduledAt = at,
                StartToClose = attributes.StartToCloseTimeout.OrZero(),
                StickyQueue = sticky?.Name,
                ScheduleToStartDeadline = sticky is null || sticky.ScheduleToStart == TimeSpan.Zero
                    ? null
                    : at + sticky.ScheduleToStart,
            },
        };
    }

    public static RunState Started(RunState state, HistoryEvent happened)
    {
        var attributes = happened.WorkflowTaskStartedEventAttributes;
        return state with
        {
            Task = state.Task! with
            {
                IsTransient = false,
                StartedEventId = happened.EventId,
                StartedAt = Instant.From(happened.EventTime),
                Identity = attributes.Identity,
                RequestId = attributes.RequestId,
                SuggestContinueAsNew = attributes.SuggestContinueAsNew,
                HistorySizeBytes = attributes.HistorySizeBytes,
            },
        };
    }

    public static RunState Completed(RunState state, HistoryEvent happened) => FoldVersioning.Completed(
        Done(state, happened), happened.WorkflowTaskCompletedEventAttributes);

    private static RunState Done(RunState state, HistoryEvent happened)
    {
        var attributes = state.SearchAttributes.Remove(ReportedProblems.AttributeName);
        var points = AutoResetPoints.After(state, happened);
        var isSame = ReferenceEquals(attributes, state.SearchAttributes) && ReferenceEquals(points, state.ResetPoints);
        return state with
        {
            Task = null,
            PreviousStartedEventId = happened.WorkflowTaskCompletedEventAttributes.StartedEventId,
            LastCompletedTaskEventId = happened.EventId,
            TaskFailuresInARow = 0,
            IsClosing = false,
            Aside = isSame ? state.Aside : state.Aside with { SearchAttributes = attributes, ResetPoints = points },
        };
    }

    public static RunState Failed(RunState state, HistoryEvent happened)
    {
        var cause = happened.WorkflowTaskFailedEventAttributes.Cause;
        if (cause is WorkflowTaskFailedCause.WorkflowPauseRequestedBeforeTaskStarted
            or WorkflowTaskFailedCause.ResetWorkflow)
        {
            // No worker failed: the next task is a first attempt.
            return state with { Task = null, IsClosing = false, TaskFailuresInARow = 0 };
        }

        return ReportedProblems.Note(
            state with
            {
                Task = null,
                IsClosing = cause == WorkflowTaskFailedCause.UnhandledCommand,
                TaskFailuresInARow = state.TaskFailuresInARow + 1,
            },
            cause);
    }

    public static RunState TimedOut(RunState state, HistoryEvent happened) =>
        happened.WorkflowTaskTimedOutEventAttributes.TimeoutType == TimeoutType.ScheduleToStart
            ? state with { Task = null }
            : ReportedProblems.Note(
                state with { Task = null, TaskFailuresInARow = state.TaskFailuresInARow + 1 }, cause: null);

    /// <summary>A retry takes the place of the attempt that failed. The first retry follows a failure that history
    /// shows and that has been counted; each later one stands for one more failure.</summary>
    public static RunState TransientScheduled(RunState state, TransientTaskScheduled scheduled)
    {
        var failures = state.Task is null ? state.TaskFailuresInARow : state.TaskFailuresInARow + 1;
        return ReportedProblems.Note(
            state with
            {
                TaskFailuresInARow = failures,
                Task = new WorkflowTask
                {
                    IsTransient = true,
                    ScheduledEventId = state.NextEventId,
                    Attempt = scheduled.Attempt,
                    ScheduledAt = scheduled.At,
                    OriginalScheduledAt = scheduled.At,
                    StartToClose = scheduled.StartToClose,
                },
            },
            cause: null);
    }

    public static RunState TransientStarted(RunState state, TransientTaskStarted started) => state with
    {
        Task = state.Task! with
        {
            StartedEventId = state.Task.ScheduledEventId + 1,
            StartedAt = started.At,
            Identity = started.Identity,
            RequestId = started.RequestId,
            SuggestContinueAsNew = started.SuggestContinueAsNew,
            HistorySizeBytes = started.HistorySizeBytes,
        },
    };
}
