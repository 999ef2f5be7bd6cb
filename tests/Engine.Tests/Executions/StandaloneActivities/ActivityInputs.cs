using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.StandaloneActivities;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Activity.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Executions.StandaloneActivities;

/// <summary>What clients and workers do to the activity of a scenario.</summary>
internal static class ActivityInputs
{
    public const string Id = "activity";

    private static readonly WorkflowKey Key = new(IdSpaces.ActivitiesOf(FixedNamespaces.Default.Id), Id);

    public static Scenario Started(Action<StartActivityExecutionRequest>? configure = null) =>
        Scenario.Given().When(Start(configure));

    public static StartStandaloneActivity Start(Action<StartActivityExecutionRequest>? configure = null)
    {
        var request = new StartActivityExecutionRequest
        {
            ActivityId = Id,
            ActivityType = new ActivityType { Name = "Work" },
            TaskQueue = new() { Name = "queue" },
            RequestId = "start",
            StartToCloseTimeout = 60.Seconds().ToProto(),
            RetryPolicy = new RetryPolicy { InitialInterval = 10.Seconds().ToProto(), BackoffCoefficient = 1 },
        };
        configure?.Invoke(request);
        return new StartStandaloneActivity(Key, request);
    }

    /// <summary>The task that waits is taken.</summary>
    public static Input Take(RunState state)
    {
        var task = Assert.Single(PendingTasks.All(state));
        return new StartActivity(state.Key, task.ScheduledEventId, task.Attempt, "worker", "poll")
        {
            Queue = task.Queue.Name,
            Sdk = new SdkClient("sdk", "1"),
        };
    }

    public static Input Complete(RunState state) =>
        new CompleteActivity(state.Key.Workflow, state.Key.Run, TokenOf(state), Text("done"), "worker");

    public static Input Heartbeat(RunState state) =>
        new RecordActivityHeartbeat(state.Key.Workflow, state.Key.Run, TokenOf(state), Text("half"), "worker");

    public static Input Stop(RunState state) =>
        new CancelActivity(state.Key.Workflow, state.Key.Run, TokenOf(state), Text("stopped"), "worker");

    public static Func<RunState, Input> Fail(Action<ApplicationFailureInfo>? configure = null) => state =>
    {
        var info = new ApplicationFailureInfo();
        configure?.Invoke(info);
        return new FailActivity(
            state.Key.Workflow,
            state.Key.Run,
            TokenOf(state),
            new Failure { Message = "no", ApplicationFailureInfo = info },
            null,
            "worker");
    };

    public static CancelStandaloneActivity Cancel(string requestId = "cancel") =>
        new(Key, null, requestId, "client", "enough");

    public static TerminateStandaloneActivity Terminate(string requestId = "terminate") =>
        new(Key, null, requestId, "client", "enough");

    public static PauseStandaloneActivity Pause(string requestId = "pause") => new(Key, null, requestId, "client", "wait");

    public static UnpauseStandaloneActivity Unpause(string requestId = "unpause") =>
        new(Key, null, requestId, "client", null);

    public static ResetStandaloneActivity Reset(
        string requestId = "reset", bool heartbeat = false, bool keepPaused = false, bool restore = false) =>
        new(Key, null, requestId, "client", heartbeat, keepPaused, restore, null);

    public static UpdateStandaloneActivity Update(
        ActivityOptions options, string path, string requestId = "update") =>
        new(Key, null, requestId, "client", options, new FieldMask { Paths = { path } });

    public static UpdateStandaloneActivity Restore() => new(Key, null, "restore", "client", new(), null);

    public static PendingActivity Of(RunState state) => ActivityRun.Of(state);

    public static Payloads Text(string text) =>
        new() { Payloads_ = { new Payload { Data = ByteString.CopyFromUtf8(text) } } };

    private static ActivityTarget TokenOf(RunState state) =>
        ActivityTarget.Of(ActivityRun.Of(state)) with { IsStandalone = true };
}
