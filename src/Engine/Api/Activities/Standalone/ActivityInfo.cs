using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Describing;
using AugmentedOS.Engine.Executions.StandaloneActivities;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Activity.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Deployment.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Activities.Standalone;

/// <summary>An activity that no workflow scheduled, as descriptions show it.</summary>
internal static class ActivityInfo
{
    public static ActivityExecutionStatus StatusOf(WorkflowExecutionStatus status) => status switch
    {
        WorkflowExecutionStatus.Running => ActivityExecutionStatus.Running,
        WorkflowExecutionStatus.Paused => ActivityExecutionStatus.Paused,
        WorkflowExecutionStatus.Completed => ActivityExecutionStatus.Completed,
        WorkflowExecutionStatus.Failed => ActivityExecutionStatus.Failed,
        WorkflowExecutionStatus.Canceled => ActivityExecutionStatus.Canceled,
        WorkflowExecutionStatus.Terminated => ActivityExecutionStatus.Terminated,
        WorkflowExecutionStatus.TimedOut => ActivityExecutionStatus.TimedOut,
        _ => ActivityExecutionStatus.Unspecified,
    };

    /// <summary>What a closed one came to; null while it runs.</summary>
    public static ActivityExecutionOutcome? OutcomeOf(RunState state)
    {
        if (!state.IsClosed)
        {
            return null;
        }

        var standalone = state.Activity!;
        return standalone.Failure is { } failure
            ? new ActivityExecutionOutcome { Failure = failure, RetryState = standalone.RetryState }
            : new ActivityExecutionOutcome { Result = standalone.Result ?? new Payloads() };
    }

    /// <summary>What may be large or secret is shown only to those who ask for it.</summary>
    public static ActivityExecutionInfo Of(RunState state, DescribeActivityExecutionRequest request, Instant now)
    {
        var (standalone, activity) = (state.Activity!, ActivityRun.Of(state));
        var info = Options(activity.Attributes);
        info.ActivityId = state.Key.WorkflowId;
        info.RunId = state.Key.Run.ToString();
        info.Status = StatusOf(state.Status);
        info.RunState = RunStateOf(state);
        info.Attempt = activity.Attempt;
        info.TotalHeartbeatCount = standalone.Heartbeats;
        info.LastHeartbeatTime = activity.LastHeartbeatAt?.ToTimestamp();
        info.LastWorkerIdentity = activity.LastWorkerIdentity;
        info.SdkName = standalone.Worker?.SdkName ?? "";
        info.SdkVersion = standalone.Worker?.SdkVersion ?? "";
        info.LastDeploymentVersion = VersionOf(standalone.Worker);
        info.CanceledReason = standalone.CancelRequest?.Reason ?? "";
        info.StateTransitionCount = state.Transitions;
        info.StateSizeBytes = state.HistorySize;
        info.UserMetadata = state.UserMetadata;
        info.PropagatedNexusSerializationContext = standalone.SerializationContext;
        info.EagerExecutionAccepted = standalone.IsEager;
        info.SearchAttributes = new SearchAttributes();
        info.SearchAttributes.IndexedFields.Add(state.SearchAttributes
            .Where(a => !ActivityRun.Attributes.Contains(a.Key))
            .ToDictionary(StringComparer.Ordinal));
        info.Links.AddRange(standalone.Links);
        info.HeartbeatDetails = request.IncludeHeartbeatDetails ? activity.HeartbeatDetails : null;
        info.LastFailure = request.IncludeLastFailure ? activity.LastFailure : null;
        SetTimes(info, state, activity, now);
        return info;
    }

    public static CallbackInfo Of(Executions.Nexus.CompletionCallback callback)
    {
        var shown = PendingNexusOperations.Of(callback);
        return new CallbackInfo
        {
            Trigger = new CallbackInfo.Types.Trigger { ActivityClosed = new CallbackInfo.Types.ActivityClosed() },
            Info = new Temporalio.Api.Callback.V1.CallbackInfo
            {
                Callback = shown.Callback,
                RegistrationTime = shown.RegistrationTime,
                State = shown.State,
                Attempt = shown.Attempt,
                LastAttemptCompleteTime = shown.LastAttemptCompleteTime,
                LastAttemptFailure = shown.LastAttemptFailure,
                NextAttemptScheduleTime = shown.NextAttemptScheduleTime,
                RequestId = callback.RequestId,
            },
        };
    }

    private static ActivityExecutionInfo Options(
        Temporalio.Api.History.V1.ActivityTaskScheduledEventAttributes attributes) => new()
        {
            ActivityType = attributes.ActivityType,
            TaskQueue = attributes.TaskQueue.Name,
            Header = attributes.Header,
            Priority = attributes.Priority,
            RetryPolicy = attributes.RetryPolicy,
            ScheduleToCloseTimeout = attributes.ScheduleToCloseTimeout,
            ScheduleToStartTimeout = attributes.ScheduleToStartTimeout,
            StartToCloseTimeout = attributes.StartToCloseTimeout,
            HeartbeatTimeout = attributes.HeartbeatTimeout,
        };

    private static void SetTimes(ActivityExecutionInfo info, RunState state, PendingActivity activity, Instant now)
    {
        var standalone = state.Activity!;
        info.ScheduleTime = state.StartedAt.ToTimestamp();
        info.ExecutionTime = state.FirstTaskAt.ToTimestamp();
        info.StartDelay = standalone.StartDelay > TimeSpan.Zero ? standalone.StartDelay.ToProto() : null;
        info.ExpirationTime = activity.ExpiresAt?.ToTimestamp();
        info.LastStartedTime = standalone.LastStartedAt?.ToTimestamp();
        info.LastAttemptCompleteTime = activity.LastAttemptCompletedAt?.ToTimestamp();
        if (state.CloseEvent?.EventTime is { } closedAt)
        {
            info.CloseTime = closedAt;
            info.ExecutionDuration = (Instant.From(closedAt) - state.StartedAt).ToProto();
        }
        else if (activity is { WaitsForRetry: true, Pause: null } && activity.ScheduledAt > now)
        {
            info.NextAttemptScheduleTime = activity.ScheduledAt.ToTimestamp();
            info.CurrentRetryInterval = IntervalOf(activity);
        }
    }

    private static Duration? IntervalOf(PendingActivity activity) =>
        activity is { Attempt: > 1, LastAttemptCompletedAt: { } failedAt }
            ? (activity.ScheduledAt - failedAt).ToProto()
            : null;

    /// <summary>The API has no word for a reset that waits for the attempt's end.</summary>
    private static PendingActivityState RunStateOf(RunState state) => ActivityStandings.Of(state) switch
    {
        ActivityStanding.Scheduled => PendingActivityState.Scheduled,
        ActivityStanding.Started => PendingActivityState.Started,
        ActivityStanding.CancelRequested => PendingActivityState.CancelRequested,
        ActivityStanding.PauseRequested => PendingActivityState.PauseRequested,
        ActivityStanding.Paused => PendingActivityState.Paused,
        ActivityStanding.ResetRequested => ActivityRun.Of(state).Pause is null
            ? PendingActivityState.Started
            : PendingActivityState.PauseRequested,
        _ => PendingActivityState.Unspecified,
    };

    private static WorkerDeploymentVersion? VersionOf(AttemptWorker? worker) => worker is { BuildId.Length: > 0 }
        ? new WorkerDeploymentVersion { DeploymentName = worker.Deployment, BuildId = worker.BuildId }
        : null;
}
