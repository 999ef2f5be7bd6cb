using AugmentedOS.Engine.Executions;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Workflows;

/// <summary>From a run's state to its description.</summary>
internal static class RunDescription
{
    public static DescribeWorkflowExecutionResponse Of(RunState state)
    {
        var description = new DescribeWorkflowExecutionResponse
        {
            ExecutionConfig = Config(state),
            WorkflowExecutionInfo = Info(state),
            WorkflowExtendedInfo = Extended(state),
            PendingWorkflowTask = state.Task is { } task && state.IsRunning ? Pending(task) : null,
        };
        if (state.IsClosed)
        {
            return description;
        }

        foreach (var (_, activity) in state.Activities.OrderBy(pending => pending.Key))
        {
            description.PendingActivities.Add(PendingActivityProjection.Of(activity));
        }

        foreach (var (_, child) in state.Children.OrderBy(pending => pending.Key))
        {
            description.PendingChildren.Add(child.ToInfo());
        }

        return description;
    }

    private static WorkflowExecutionConfig Config(RunState state) => new()
    {
        TaskQueue = new TaskQueue { Name = state.Started.TaskQueue.Name, Kind = TaskQueueKind.Normal },
        WorkflowExecutionTimeout = state.Started.WorkflowExecutionTimeout,
        WorkflowRunTimeout = state.Started.WorkflowRunTimeout,
        DefaultWorkflowTaskTimeout = state.Timeouts.Task.ToProto(),
        UserMetadata = state.UserMetadata,
    };

    private static WorkflowExecutionInfo Info(RunState state)
    {
        var started = state.Started;
        var info = new WorkflowExecutionInfo
        {
            Execution = state.Key.ToExecution(),
            Type = started.WorkflowType,
            StartTime = state.StartedAt.ToTimestamp(),
            ExecutionTime = state.FirstTaskAt.ToTimestamp(),
            Status = state.Status,
            HistoryLength = state.LastEventId,
            HistorySizeBytes = state.HistorySize,
            StateTransitionCount = state.Transitions,
            ParentNamespaceId = started.ParentWorkflowNamespaceId,
            ParentExecution = started.ParentWorkflowExecution,
            RootExecution = started.RootWorkflowExecution ?? state.Key.ToExecution(),
            FirstRunId = started.FirstExecutionRunId,
            TaskQueue = started.TaskQueue.Name,
            Priority = started.Priority,
            AutoResetPoints = new ResetPoints(),
            Memo = new Memo(),
            SearchAttributes = new SearchAttributes(),
        };
        info.Memo.Fields.Add(state.Memo);
        info.SearchAttributes.IndexedFields.Add(state.SearchAttributes);
        if (state.CloseEvent is { } closed)
        {
            info.CloseTime = closed.EventTime;
            info.ExecutionDuration = (Instant.From(closed.EventTime) - state.FirstTaskAt).ToProto();
        }

        return info;
    }

    private static WorkflowExecutionExtendedInfo Extended(RunState state)
    {
        var info = new WorkflowExecutionExtendedInfo
        {
            ExecutionExpirationTime = state.Started.WorkflowExecutionExpirationTime,
            RunExpirationTime = state.RunExpiresAt?.ToTimestamp(),
            CancelRequested = state.CancelRequested,
            OriginalStartTime = state.StartedAt.ToTimestamp(),
        };
        info.RequestIdInfos.Add(state.StartRequestId, new RequestIdInfo
        {
            EventId = 1,
            EventType = EventType.WorkflowExecutionStarted,
        });
        foreach (var (requestId, eventId) in state.AttachedRequestIds)
        {
            info.RequestIdInfos.Add(requestId, new RequestIdInfo
            {
                EventId = eventId,
                EventType = EventType.WorkflowExecutionOptionsUpdated,
                Buffered = eventId == 0,
            });
        }

        return info;
    }

    private static PendingWorkflowTaskInfo Pending(WorkflowTask task) => new()
    {
        State = task.IsStarted ? PendingWorkflowTaskState.Started : PendingWorkflowTaskState.Scheduled,
        ScheduledTime = task.ScheduledAt.ToTimestamp(),
        OriginalScheduledTime = task.OriginalScheduledAt.ToTimestamp(),
        StartedTime = task.IsStarted ? task.StartedAt.ToTimestamp() : null,
        Attempt = task.Attempt,
    };
}
