using AugmentedOS.Engine.Executions.Commands;
using AugmentedOS.Engine.Executions.Facts;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>A worker answers a workflow task with commands.</summary>
internal sealed record CompleteWorkflowTask(
    RunKey Key, WorkflowTaskReference Reference, RespondWorkflowTaskCompletedRequest Request)
    : RunInput(Key.Workflow, Key.Run)
{
    private const string InlineRequestId = "request-from-RespondWorkflowTaskCompleted";

    private bool IsHeartbeat =>
        Request.ForceCreateNewWorkflowTask && Request.Commands.Count == 0 && Request.Messages.Count == 0;

    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        if (Reference.Find(state) is not { } task)
        {
            return Decision.Reject(Rejection.WorkflowTaskNotFound());
        }

        if (state.IsPaused && Request.ForceCreateNewWorkflowTask)
        {
            return Decision.Reject(Rejection.FailedPrecondition(
                "Workflow is paused and force create new workflow task is not allowed."));
        }

        if (CommandSequence.Check(Request.Commands) is { } badSequence)
        {
            return Decision.Reject(badSequence);
        }

        if (IsHeartbeat && context.Now - task.OriginalScheduledAt >= context.Limits.MaxHeartbeatChain)
        {
            return HeartbeatTookTooLong(state, task, context);
        }

        var draft = new Draft(state, context);
        var batch = new CommandBatch(draft, RecordCompleted(draft, task), Request.Identity);
        foreach (var command in Request.Commands)
        {
            // What the workflow has not seen yet counts more than what may be wrong with its close.
            if (CommandDispatch.Closes(command.CommandType) && !draft.State.Buffered.IsEmpty)
            {
                return FailedWorkflowTask.OnUnhandledCommand(state, task, Request.Identity, context);
            }

            if (CommandDispatch.Apply(batch, command) is { } failure)
            {
                return FailedWorkflowTask.OnBadCommand(state, task, failure, Request.Identity, context);
            }
        }

        if (draft.State.IsClosed)
        {
            return Decision.Accept(draft, new CompletedWorkflowTask(draft.State, null, []));
        }

        return GoOn(draft, batch, task);
    }

    private long RecordCompleted(Draft draft, WorkflowTask task)
    {
        WorkflowTaskEvents.RecordTransient(draft, task);
        var pending = draft.State.Task!;
        var completed = draft.Record(EventType.WorkflowTaskCompleted, e => e.WorkflowTaskCompletedEventAttributes =
            new WorkflowTaskCompletedEventAttributes
            {
                ScheduledEventId = pending.ScheduledEventId,
                StartedEventId = pending.StartedEventId,
                Identity = Request.Identity,
                BinaryChecksum = Request.BinaryChecksum,
                WorkerVersion = Request.WorkerVersionStamp,
                SdkMetadata = Request.SdkMetadata,
                MeteringMetadata = Request.MeteringMetadata,
                VersioningBehavior = Request.VersioningBehavior,
            });
        SetStickiness(draft);
        return completed.EventId;
    }

    private void SetStickiness(Draft draft)
    {
        var queue = Request.StickyAttributes?.WorkerTaskQueue?.Name ?? "";
        if (queue.Length == 0)
        {
            if (draft.State.Sticky is not null)
            {
                draft.Emit(new StickyQueueCleared());
            }

            return;
        }

        var sticky = new StickyQueue(queue, Request.StickyAttributes!.ScheduleToStartTimeout.OrZero());
        if (draft.State.Sticky != sticky)
        {
            draft.Emit(new StickyQueueSet(sticky.Name, sticky.ScheduleToStart));
        }
    }

    private Decision GoOn(Draft draft, CommandBatch batch, WorkflowTask completed)
    {
        var flushed = BufferedEvents.Flush(draft);
        var eager = StartEagerActivities(draft, batch);
        if (draft.State.IsPaused || (!flushed && !batch.NeedsNewTask && !Request.ForceCreateNewWorkflowTask))
        {
            return Decision.Accept(draft, new CompletedWorkflowTask(draft.State, null, eager));
        }

        WorkflowTasks.Schedule(draft);
        if (IsHeartbeat)
        {
            draft.Emit(new HeartbeatContinued(completed.OriginalScheduledAt));
        }

        if (!Request.ReturnNewWorkflowTask)
        {
            return Decision.Accept(draft, new CompletedWorkflowTask(draft.State, null, eager));
        }

        StartWorkflowTask.RecordStarted(draft, Request.Identity, InlineRequestId, Request.WorkerVersionStamp);
        var next = new StartedWorkflowTask(draft.State, draft.State.PreviousStartedEventId + 1);
        return Decision.Accept(draft, new CompletedWorkflowTask(draft.State, next, eager));
    }

    private List<StartedActivity> StartEagerActivities(Draft draft, CommandBatch batch)
    {
        var started = new List<StartedActivity>();
        foreach (var scheduledEventId in batch.EagerActivities)
        {
            if (draft.State.IsPaused || !draft.State.Activities.ContainsKey(scheduledEventId))
            {
                continue;   // cancelled by a later command of the same task, or the run is paused
            }

            draft.Emit(new ActivityAttemptStarted(
                scheduledEventId, draft.Now, Request.Identity, draft.Context.Ids.Next().ToString("D")));
            started.Add(new StartedActivity(draft.State, draft.State.Activities[scheduledEventId]));
        }

        return started;
    }

    private static Decision HeartbeatTookTooLong(RunState state, WorkflowTask task, DecisionContext context)
    {
        var draft = new Draft(state, context);
        WorkflowTaskEvents.RecordTransient(draft, task);
        WorkflowTaskEvents.RecordTimedOut(draft, draft.State.Task!, TimeoutType.StartToClose);
        if (state.Sticky is not null)
        {
            draft.Emit(new StickyQueueCleared());
        }

        WorkflowTasks.Schedule(draft);
        return Decision.AcceptAndReject(draft, Rejection.NotFound("workflow task heartbeat timeout"));
    }
}
