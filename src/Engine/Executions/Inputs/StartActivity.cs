using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.StandaloneActivities;
using AugmentedOS.Engine.Executions.Versioning;
using AugmentedOS.Engine.TaskQueues;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>A poller takes an activity's attempt. History learns of it when the activity ends.</summary>
internal sealed record StartActivity(
    RunKey Key, long ScheduledEventId, int Attempt, string Identity, string RequestId)
    : Input(Key.Workflow, Key.Run)
{
    /// <summary>The queue that was polled: the activity may have been moved to another one. Empty when not known.</summary>
    public string Queue { get; init; } = "";

    /// <summary>Where the task was sent.</summary>
    public TaskRoute Route { get; init; }

    /// <summary>The SDK of the worker; null when not known.</summary>
    public SdkClient? Sdk { get; init; }

    /// <summary>The version that the worker runs; null for none.</summary>
    public DeploymentVersion? Runs { get; init; }

    public override Decision Decide(RunState? state, DecisionContext context)
    {
        if (state is null or { IsPaused: true }
            || !state.Activities.TryGetValue(ScheduledEventId, out var activity)
            || activity.Attempt != Attempt
            || activity.IsStarted
            || activity.WaitsForRetry
            || activity.Pause is not null
            || (Queue.Length > 0 && activity.Attributes.TaskQueue.Name != Queue)
            || IsOverdue(activity, context)
            || Route != RunRoutes.Of(state)
            || RunRoutes.HoldsActivities(state))
        {
            return Decision.Answer(StaleTask.Instance);
        }

        var draft = new Draft(state, context);
        if (VersionMoves.BeginFromActivity(draft, Runs))
        {
            return Decision.Accept(draft, StaleTask.Instance);
        }

        draft.Emit(new ActivityAttemptStarted(ScheduledEventId, context.Now, Identity, RequestId));
        if (state.Activity is not null)
        {
            draft.Emit(new StandaloneActivityTaken(new AttemptWorker(
                Sdk?.Name ?? "", Sdk?.Version ?? "", Runs?.Deployment ?? "", Runs?.BuildId ?? "")));
        }

        return Decision.Accept(draft, new StartedActivity(draft.State, draft.State.Activities[ScheduledEventId]));
    }

    /// <summary>Its timeout is about to be recorded: a worker would work for nothing.</summary>
    private static bool IsOverdue(PendingActivity activity, DecisionContext context) =>
        activity.NextDeadline is { } due && due.At <= context.Now;
}
