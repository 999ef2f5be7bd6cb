using AugmentedOS.Engine.Executions.Commands;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Speculation;
using AugmentedOS.Engine.Executions.Updates;
using AugmentedOS.Engine.Executions.Versioning;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>A worker answers a workflow task with commands, and with messages about updates. Answers
/// <see cref="CompletedWorkflowTask"/>.</summary>
internal sealed record CompleteWorkflowTask(
    RunKey Key, WorkflowTaskReference Reference, RespondWorkflowTaskCompletedRequest Request)
    : RunInput(Key.Workflow, Key.Run)
{
    private bool IsVersioned =>
        Request.DeploymentOptions is null or { WorkerVersioningMode: WorkerVersioningMode.Versioned };

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

        if (Request.Messages.Any(message => message.Body is null))
        {
            return Decision.Reject(Rejection.InvalidArgument("nil message body"));
        }

        if (IsHeartbeat && context.Now - task.OriginalScheduledAt >= context.Limits.MaxHeartbeatChain)
        {
            return HeartbeatTookTooLong(state, task, context);
        }

        var draft = new Draft(state, context);
        var updates = new UpdateBatch(draft, Request.Messages);
        var batch = new CommandBatch(draft, RecordCompleted(draft, task), Request.Identity, updates);
        if (Refuse(batch, state, task) is { } failed)
        {
            return FailedUpdates.Abort(failed, context);
        }

        if (draft.State.IsRunning && !Request.ForceCreateNewWorkflowTask)
        {
            updates.RejectUnprocessed();
        }

        return Conclude(batch, state, task) with { Updates = updates.Waiting, EndedUpdates = updates.Ended };
    }

    /// <summary>Carries everything out on the batch's draft; or says what becomes of the run because that cannot
    /// be.</summary>
    private Decision? Refuse(CommandBatch batch, RunState state, WorkflowTask task)
    {
        foreach (var command in Request.Commands)
        {
            // What the workflow has not seen yet counts more than what may be wrong with its close.
            if (CommandDispatch.Closes(command.CommandType) && !batch.State.Buffered.IsEmpty)
            {
                return FailedWorkflowTask.OnUnhandledCommand(state, task, Request.Identity, batch.Context);
            }

            if (CommandDispatch.Apply(batch, command) is { } failure)
            {
                return FailedWorkflowTask.OnBadCommand(state, task, failure, Request.Identity, batch.Context);
            }
        }

        return batch.Updates.ApplyRest() is { } badMessage
            ? FailedWorkflowTask.OnBadCommand(state, task, badMessage, Request.Identity, batch.Context)
            : null;
    }

    private Decision Conclude(CommandBatch batch, RunState state, WorkflowTask task)
    {
        if (batch.State.IsClosed)
        {
            return Decision.Accept(batch.Draft, new CompletedWorkflowTask(batch.State, null, []));
        }

        if (batch.Context.IsSpeculative(task)
            && DroppedTask.ReasonToWrite(state, task, Request, batch.Context) is null)
        {
            var before = new Draft(batch.Context.Live!.Written, batch.Context);
            SetStickiness(before);
            return DroppedTask.Of(batch, before, Request);
        }

        return NextWorkflowTask.After(batch, Request, IsHeartbeat ? task.OriginalScheduledAt : null);
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
                VersioningBehavior = IsVersioned ? Request.VersioningBehavior : VersioningBehavior.Unspecified,
                WorkerDeploymentName = Request.DeploymentOptions?.DeploymentName ?? "",
                DeploymentVersion = DeploymentVersion.Of(Request.DeploymentOptions)?.ToProto(),
            });
        SetStickiness(draft);
        return completed.EventId;
    }

    private void SetStickiness(Draft draft)
    {
        var queue = Request.StickyAttributes?.WorkerTaskQueue?.Name ?? "";
        if (queue.Length == 0 || VersionMoves.IsUnderWay(draft.State))
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
