using System.Collections.Immutable;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Starting;
using AugmentedOS.Engine.Visibility;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.StandaloneActivities;

/// <summary>Activities that no workflow scheduled, as runs whose only content they are.</summary>
internal static class ActivityRun
{
    public const string ActivityType = "ActivityType";
    public const string ActivityId = "ActivityId";

    /// <summary>What stands where workflows have their type.</summary>
    public const string TypeName = "__temporal_standalone_activity__";

    /// <summary>By what lists find activities, besides a namespace's own attributes and those that all runs have.</summary>
    public static ImmutableArray<string> Attributes { get; } = [ActivityType, ActivityId];

    /// <summary>The activity as it is, or as it was last.</summary>
    public static PendingActivity Of(RunState state) => state.Activity!.Final ?? state.Activities.Values.Single();

    /// <summary>Whether nothing will happen to it before a time that is known, or before somebody asks: it needs no memory.
    /// </summary>
    public static bool IsAsleep(RunState state) =>
        state.Activity is not null
        && Of(state) is { IsStarted: false } activity && (activity.WaitsForRetry || activity.Pause is not null);

    /// <param name="isEager">Whether its first attempt goes to who started it.</param>
    public static Draft Begin(
        WorkflowKey key, StartActivityExecutionRequest request, bool isEager, DecisionContext context)
    {
        var run = new RunId(context.Ids.Next());
        var draft = Draft.Begin(
            new RunKey(key, run),
            new HistoryEvent
            {
                WorkflowExecutionStartedEventAttributes = Started(key, run, request, context),
                UserMetadata = request.UserMetadata,
            },
            request.RequestId,
            context);
        draft.Emit(new StandaloneActivityBegan(
            request.StartDelay.OrZero(), request.PropagatedNexusSerializationContext, isEager));
        draft.Record(EventType.ActivityTaskScheduled, e =>
        {
            e.ActivityTaskScheduledEventAttributes = Scheduled(request);
            e.Links.AddRange(request.Links);
        });
        return draft;
    }

    /// <summary>Closes the run of an activity that has ended; other runs go on.</summary>
    /// <param name="ended">The event that ended it.</param>
    public static void CloseIfEnded(Draft draft, EventType ended)
    {
        if (draft.State.Activity is not { } activity)
        {
            return;
        }

        switch (ended)
        {
            case EventType.ActivityTaskCompleted:
                draft.Record(EventType.WorkflowExecutionCompleted, e => e.WorkflowExecutionCompletedEventAttributes = new());
                break;
            case EventType.ActivityTaskFailed:
                draft.Record(EventType.WorkflowExecutionFailed, e => e.WorkflowExecutionFailedEventAttributes =
                    new WorkflowExecutionFailedEventAttributes { RetryState = activity.RetryState });
                break;
            case EventType.ActivityTaskCanceled:
                draft.Record(EventType.WorkflowExecutionCanceled, e => e.WorkflowExecutionCanceledEventAttributes = new());
                break;
            case EventType.ActivityTaskTimedOut:
                draft.Record(EventType.WorkflowExecutionTimedOut, e => e.WorkflowExecutionTimedOutEventAttributes =
                    new WorkflowExecutionTimedOutEventAttributes { RetryState = activity.RetryState });
                break;
            default:
                throw new InvalidOperationException($"{draft.State.Key}: {ended} ends no activity.");
        }
    }

    /// <summary>The attempt that just failed had been told that the activity was reset: whatever the failure and the policy,
    /// the first attempt follows, without a backoff.</summary>
    public static RetryDecision BeginAgain(Draft draft, PendingActivity activity, Failure? failure)
    {
        if (draft.State.Activity!.RestoresOptions)
        {
            draft.Emit(new ActivityOptionsChanged(activity.ScheduledEventId, draft.Now, activity.Scheduled));
        }

        draft.Emit(new ActivityRetryScheduled(
            activity.ScheduledEventId,
            1,
            draft.Now,
            draft.Now,
            ActivityFailures.ToKeep(failure ?? new Failure(), draft.Context.Limits)));
        if (activity.Pause is null)
        {
            draft.Emit(new ActivityBackoffElapsed(activity.ScheduledEventId));
        }

        return new RetryDecision(RetryState.InProgress, TimeSpan.Zero);
    }

    /// <summary>The options of the start request hold again; its delay only while no worker has had the activity.</summary>
    public static void RestoreOptions(Draft draft)
    {
        var (activity, standalone) = (Of(draft.State), draft.State.Activity!);
        if (standalone.FirstStartedAt is null && standalone.StartDelay != standalone.OriginalStartDelay)
        {
            draft.Emit(new StartDelayChanged(standalone.OriginalStartDelay, draft.Now));
        }

        draft.Emit(new ActivityOptionsChanged(activity.ScheduledEventId, draft.Now, activity.Scheduled));
    }

    /// <summary>When an activity that goes on may be dispatched: not before its start delay is over.</summary>
    public static Instant NotBeforeStart(RunState state, Instant at) => state.Activity!.FirstStartedAt is not null
        ? at
        : Instant.Later(at, state.FirstTaskAt);

    private static WorkflowExecutionStartedEventAttributes Started(
        WorkflowKey key, RunId run, StartActivityExecutionRequest request, DecisionContext context)
    {
        var attributes = RunSearchAttributes.Of(request.SearchAttributes, key.Namespace, context)?.Clone() ?? new();
        attributes.IndexedFields[ActivityType] = SearchAttributePayload.Keyword(request.ActivityType.Name);
        attributes.IndexedFields[ActivityId] = SearchAttributePayload.Keyword(request.ActivityId);
        var started = new WorkflowExecutionStartedEventAttributes
        {
            WorkflowId = key.WorkflowId,
            WorkflowType = new WorkflowType { Name = TypeName },
            TaskQueue = new TaskQueue { Name = request.TaskQueue.Name, Kind = TaskQueueKind.Normal },
            OriginalExecutionRunId = run.ToString(),
            FirstExecutionRunId = run.ToString(),
            Identity = request.Identity,
            Attempt = 1,
            SearchAttributes = attributes,
        };
        started.CompletionCallbacks.AddRange(StartCallbacks.Normalize(request.CompletionCallbacks));
        return started;
    }

    private static ActivityTaskScheduledEventAttributes Scheduled(StartActivityExecutionRequest request)
    {
        var times = ActivityTimes.Resolve(TimesOf(request), runTimeout: TimeSpan.Zero);
        return new ActivityTaskScheduledEventAttributes
        {
            ActivityId = request.ActivityId,
            ActivityType = request.ActivityType,
            TaskQueue = new TaskQueue { Name = request.TaskQueue.Name, Kind = TaskQueueKind.Normal },
            Header = request.Header,
            Input = request.Input,
            ScheduleToCloseTimeout = times.ScheduleToClose.ToProto(),
            ScheduleToStartTimeout = times.ScheduleToStart.ToProto(),
            StartToCloseTimeout = times.StartToClose.ToProto(),
            HeartbeatTimeout = times.Heartbeat.ToProto(),
            RetryPolicy = RetryPolicies.WithDefaults(request.RetryPolicy),
            Priority = request.Priority,
        };
    }

    /// <summary>A request's timeouts as those of a workflow's command, for which the rules are the same.</summary>
    public static ScheduleActivityTaskCommandAttributes TimesOf(StartActivityExecutionRequest request) => new()
    {
        ActivityId = request.ActivityId,
        ActivityType = request.ActivityType,
        ScheduleToCloseTimeout = request.ScheduleToCloseTimeout,
        ScheduleToStartTimeout = request.ScheduleToStartTimeout,
        StartToCloseTimeout = request.StartToCloseTimeout,
        HeartbeatTimeout = request.HeartbeatTimeout,
    };
}
