using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Speculation;
using AugmentedOS.Engine.Executions.Updates;
using AugmentedOS.Engine.Executions.Versioning;
using AugmentedOS.Engine.TaskQueues;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>A poller takes the scheduled workflow task.</summary>
/// <param name="Queue">The queue it polled: on the run's sticky queue it has the run cached.</param>
internal sealed record StartWorkflowTask(
    RunKey Key,
    long ScheduledEventId,
    int Attempt,
    string Queue,
    string Identity,
    string RequestId,
    WorkerVersionStamp? Worker = null) : Input(Key.Workflow, Key.Run)
{
    /// <summary>Where the task was sent.</summary>
    public TaskRoute Route { get; init; }

    /// <summary>The version that the worker runs; null for none.</summary>
    public DeploymentVersion? Runs { get; init; }

    public override Decision Decide(RunState? state, DecisionContext context)
    {
        if (state is not { IsRunning: true, Task: { IsStarted: false } task }
            || task.ScheduledEventId != ScheduledEventId
            || task.Attempt != Attempt
            || Route != RunRoutes.Of(state))
        {
            return Decision.Answer(StaleTask.Instance);
        }

        var isSpeculative = context.IsSpeculative(task);
        var draft = new Draft(state, context);
        var isCached = state.Sticky?.Name == Queue;
        if (state.Sticky is not null && !isCached)
        {
            draft.Emit(new StickyQueueCleared());
        }

        var hasNews = task.IsTransient && state.NextEventId != task.ScheduledEventId;
        if (task.IsTransient && !hasNews)
        {
            VersionMoves.NoteTarget(draft);
            draft.Emit(new TransientTaskStarted(
                context.Now, Identity, RequestId, HistoryLimits.SuggestsContinueAsNew(state, context), state.HistorySize));
        }
        else
        {
            if (hasNews)
            {
                // What arrived since the failure gives the worker a fresh first attempt, which history shows.
                WorkflowTasks.Schedule(draft);
            }

            RecordStarted(draft, Identity, RequestId, Worker);
        }

        VersionMoves.Begin(draft, Runs);
        var (messages, updates) = UpdateDelivery.Send(draft.State, context.Updates, includeSent: true);
        var started = new StartedWorkflowTask(draft.State, isCached ? state.PreviousStartedEventId + 1 : 1)
        {
            Messages = messages,
        };
        var decision = isSpeculative ? Hold(draft, started, context.Live!) : Decision.Accept(draft, started);
        return updates.IsEmpty ? decision : decision with { Updates = updates };
    }

    private static Decision Hold(Draft draft, StartedWorkflowTask started, LiveRun live)
    {
        var held = Decision.Hold(draft, started);
        return held with
        {
            Reply = started with { HeldEvents = [.. live.HeldEvents, .. LiveRun.EventsIn(held.Held!.Facts)] },
        };
    }

    /// <summary>Writes STARTED for the task that is scheduled.</summary>
    public static void RecordStarted(Draft draft, string identity, string requestId, WorkerVersionStamp? worker)
    {
        VersionMoves.NoteTarget(draft);
        var state = draft.State;
        var started = new WorkflowTaskStartedEventAttributes
        {
            ScheduledEventId = state.Task!.ScheduledEventId,
            Identity = identity,
            RequestId = requestId,
            HistorySizeBytes = state.HistorySize,
            WorkerVersion = worker,
            TargetWorkerDeploymentVersionChanged = VersionMoves.IsTargetChanged(state),
        };
        HistoryLimits.Suggest(started, state, draft.Context);
        draft.Record(EventType.WorkflowTaskStarted, e => e.WorkflowTaskStartedEventAttributes = started);
    }
}
