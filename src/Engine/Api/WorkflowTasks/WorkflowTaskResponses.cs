using AugmentedOS.Engine.Api.Tokens;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Storage;
using Temporalio.Api.Enums.V1;
using WireHistory = Temporalio.Api.History.V1.History;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.WorkflowTasks;

/// <summary>A started workflow task as its worker gets it.</summary>
internal sealed class WorkflowTaskResponses(IJournal journal, EngineLimits limits)
{
    private const int MaxPageBytes = 2 * 1024 * 1024;

    public PollWorkflowTaskQueueResponse Of(StartedWorkflowTask started)
    {
        var state = started.State;
        var task = state.Task!;
        var response = new PollWorkflowTaskQueueResponse
        {
            TaskToken = TaskToken.Of(state.Key, task).Encode(),
            WorkflowExecution = state.Key.ToExecution(),
            WorkflowType = state.Started.WorkflowType,
            PreviousStartedEventId = state.PreviousStartedEventId,
            StartedEventId = task.StartedEventId,
            Attempt = task.Attempt,
            WorkflowExecutionTaskQueue = new TaskQueue
            {
                Name = state.Started.TaskQueue.Name,
                Kind = TaskQueueKind.Normal,
            },
            ScheduledTime = task.ScheduledAt.ToTimestamp(),
            StartedTime = task.StartedAt.ToTimestamp(),
            History = new WireHistory(),
        };
        AddHistory(response, started, task);
        return response;
    }

    private void AddHistory(PollWorkflowTaskQueueResponse response, StartedWorkflowTask started, WorkflowTask task)
    {
        var last = task.IsTransient ? task.ScheduledEventId - 1 : task.StartedEventId;
        var next = AddEvents(response.History, started, last);
        if (next != 0)
        {
            response.NextPageToken = new HistoryToken(started.State.Key.Run, next, last).Encode();
            return;
        }

        response.History.Events.AddRange(WorkflowTaskEvents.OfTransient(started.State));
    }

    /// <summary>The first page of events, and the id of the first event of the next page; 0 when there is none.</summary>
    private long AddEvents(WireHistory history, StartedWorkflowTask started, long last)
    {
        var events = started.Events;
        if (events is null || events.Count > limits.HistoryPageSize)
        {
            events = journal.ReadHistory(
                started.State.Key, started.FirstEventId, limits.HistoryPageSize, MaxPageBytes).Events;
        }

        var next = started.FirstEventId;
        foreach (var recorded in events)
        {
            if (recorded.EventId > last)
            {
                break;
            }

            history.Events.Add(recorded);
            next = recorded.EventId + 1;
        }

        return next <= last ? next : 0;
    }
}
