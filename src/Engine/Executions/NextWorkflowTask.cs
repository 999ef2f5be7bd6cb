using AugmentedOS.Engine.Executions.Commands;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Speculation;
using AugmentedOS.Engine.Executions.Versioning;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>What follows a completed workflow task that left the run open.</summary>
internal static class NextWorkflowTask
{
    private const string InlineRequestId = "request-from-RespondWorkflowTaskCompleted";

    /// <param name="heartbeatSince">When the chain of heartbeats began that this completion continues; null when it is
    /// none.</param>
    public static Decision After(
        CommandBatch batch, RespondWorkflowTaskCompletedRequest request, Instant? heartbeatSince)
    {
        var draft = batch.Draft;
        var flushed = BufferedEvents.Flush(draft);
        var eager = StartEagerActivities(draft, batch, request.Identity);
        StartedWorkflowTask? next = null;
        if (draft.State.IsPaused)
        {
            return Decision.Accept(draft, new CompletedWorkflowTask(draft.State, null, eager));
        }

        var moves = VersionMoves.IsUnderWay(draft.State);
        if (flushed || batch.NeedsNewTask || request.ForceCreateNewWorkflowTask || moves)
        {
            WorkflowTasks.Schedule(draft);
            if (heartbeatSince is { } since)
            {
                draft.Emit(new HeartbeatContinued(since));
            }

            next = request.ReturnNewWorkflowTask && !moves ? StartInline(draft, batch, request) : null;
        }
        else if (batch.Updates.HasOutgoing && request.ReturnNewWorkflowTask)
        {
            return WithSpeculative(batch, request, eager);
        }
        else if (batch.Updates.HasOutgoing)
        {
            WorkflowTasks.Schedule(draft);
        }

        return Decision.Accept(draft, new CompletedWorkflowTask(draft.State, next, eager));
    }

    /// <summary>Schedules a speculative task and starts it for the worker that completed the one before.</summary>
    public static StartedWorkflowTask StartSpeculative(
        Draft draft, CommandBatch batch, RespondWorkflowTaskCompletedRequest request)
    {
        WorkflowTasks.ScheduleSpeculative(draft);
        var next = StartInline(draft, batch, request);
        return next with { HeldEvents = [.. LiveRun.EventsIn(draft.ToChange()!.Facts)] };
    }

    /// <summary>Starts the task that was just scheduled for the worker that completed the one before.</summary>
    private static StartedWorkflowTask StartInline(
        Draft draft, CommandBatch batch, RespondWorkflowTaskCompletedRequest request)
    {
        StartWorkflowTask.RecordStarted(draft, request.Identity, InlineRequestId, request.WorkerVersionStamp);
        return new StartedWorkflowTask(draft.State, draft.State.PreviousStartedEventId + 1)
        {
            Messages = batch.Updates.Send(draft.State, includeSent: !request.ForceCreateNewWorkflowTask),
        };
    }

    /// <summary>Only updates came meanwhile: the next task is written when it comes to something.</summary>
    private static Decision WithSpeculative(
        CommandBatch batch, RespondWorkflowTaskCompletedRequest request, IReadOnlyList<StartedActivity> eager)
    {
        var draft = new Draft(batch.State, batch.Context);
        var next = StartSpeculative(draft, batch, request);
        var reply = new CompletedWorkflowTask(draft.State, next, eager);
        return Decision.Accept(batch.Draft, reply) with { Held = draft.ToChange() };
    }

    private static List<StartedActivity> StartEagerActivities(Draft draft, CommandBatch batch, string identity)
    {
        var started = new List<StartedActivity>();
        foreach (var scheduledEventId in batch.EagerActivities)
        {
            if (draft.State.IsPaused || !draft.State.Activities.ContainsKey(scheduledEventId))
            {
                continue;   // cancelled by a later command of the same task, or the run is paused
            }

            draft.Emit(new ActivityAttemptStarted(
                scheduledEventId, draft.Now, identity, draft.Context.Ids.Next().ToString("D")));
            started.Add(new StartedActivity(draft.State, draft.State.Activities[scheduledEventId]));
        }

        return started;
    }
}
