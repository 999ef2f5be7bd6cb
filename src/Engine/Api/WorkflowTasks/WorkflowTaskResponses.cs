using AugmentedOS.Engine.Api.History;
using AugmentedOS.Engine.Api.Tokens;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Queries;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;
using WireHistory = Temporalio.Api.History.V1.History;

namespace AugmentedOS.Engine.Api.WorkflowTasks;

/// <summary>A started workflow task as its worker gets it.</summary>
internal sealed class WorkflowTaskResponses(HistoryPages pages)
{
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
        response.Messages.AddRange(started.Messages);
        if (started.Queries is { } queries)
        {
            response.Queries.Add(queries.ToDictionary());
        }

        AddHistory(response, started, task);
        return response;
    }

    /// <summary>A query: nothing was started. A worker that has the run cached gets no history.</summary>
    public PollWorkflowTaskQueueResponse Of(QueryTask asked)
    {
        var state = asked.State;
        var response = new PollWorkflowTaskQueueResponse
        {
            TaskToken = new QueryToken(state.Key.Namespace, asked.QueryId).Encode(),
            WorkflowExecution = state.Key.ToExecution(),
            WorkflowType = state.Started.WorkflowType,
            PreviousStartedEventId = state.PreviousStartedEventId,
            Attempt = 1,
            WorkflowExecutionTaskQueue = new TaskQueue
            {
                Name = state.Started.TaskQueue.Name,
                Kind = TaskQueueKind.Normal,
            },
            Query = asked.Query,
            History = new WireHistory(),
        };
        if (asked.IsSticky)
        {
            return response;
        }

        var next = pages.ReadForward(
            state.Key, 1, state.LastEventId, pages.SizeFor(0), response.History.Events);
        if (next != 0)
        {
            response.NextPageToken = new HistoryToken(state.Key.Run, next, state.LastEventId).Encode();
        }

        return response;
    }

    private void AddHistory(PollWorkflowTaskQueueResponse response, StartedWorkflowTask started, WorkflowTask task)
    {
        var run = started.State.Key;
        var isHeld = task.IsTransient || started.HeldEvents.Count > 0;
        var last = isHeld ? task.ScheduledEventId - 1 : task.StartedEventId;
        var events = response.History.Events;
        var size = pages.SizeFor(0);
        if (started.Events is { } remembered && remembered.Count <= size)
        {
            events.AddRange(remembered);
        }
        else if (pages.ReadForward(run, started.FirstEventId, last, size, events) is not 0 and var next)
        {
            response.NextPageToken = new HistoryToken(run.Run, next, last).Encode();
            return;
        }

        events.AddRange(task.IsTransient ? WorkflowTaskEvents.OfTransient(started.State) : started.HeldEvents);
    }
}
