using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using Google.Protobuf;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.TaskQueue.V1;

namespace AugmentedOS.Engine.Tests.Executions.Activities;

/// <summary>What workers do with activities, as inputs made from the state they meet. Without an id the only pending
/// activity is meant.</summary>
internal static class Workers
{
    public static Command Schedule(
        string activityId = "activity", Action<ScheduleActivityTaskCommandAttributes>? set = null)
    {
        var attributes = new ScheduleActivityTaskCommandAttributes
        {
            ActivityId = activityId,
            ActivityType = new ActivityType { Name = "Activity" },
            TaskQueue = new TaskQueue { Name = "activities" },
            StartToCloseTimeout = TimeSpan.FromMinutes(1).ToProto(),
        };
        set?.Invoke(attributes);
        return new Command
        {
            CommandType = CommandType.ScheduleActivityTask,
            ScheduleActivityTaskCommandAttributes = attributes,
        };
    }

    public static Command RequestCancel(long scheduledEventId) => new()
    {
        CommandType = CommandType.RequestCancelActivityTask,
        RequestCancelActivityTaskCommandAttributes = new RequestCancelActivityTaskCommandAttributes
        {
            ScheduledEventId = scheduledEventId,
        },
    };

    public static Func<RunState, Input> Take(string? activityId = null, string worker = "worker") => state =>
    {
        var activity = Pending(state, activityId);
        return new StartActivity(state.Key, activity.ScheduledEventId, activity.Attempt, worker, "poll");
    };

    public static Func<RunState, Input> Succeed(Payloads? result = null, string? activityId = null) => state =>
        Answer(state, activityId, (run, target) => new CompleteActivity(
            run.Workflow, run.Run, target, result, "worker"));

    public static Func<RunState, Input> FailWith(
        Failure? failure, Payloads? lastDetails = null, string? activityId = null) => state =>
        Answer(state, activityId, (run, target) => new FailActivity(
            run.Workflow, run.Run, target, failure, lastDetails, "worker"));

    public static Func<RunState, Input> Stop(Payloads? details = null, string? activityId = null) => state =>
        Answer(state, activityId, (run, target) => new CancelActivity(
            run.Workflow, run.Run, target, details, "worker"));

    public static Func<RunState, Input> Beat(Payloads? details = null, string? activityId = null) => state =>
        Answer(state, activityId, (run, target) => new RecordActivityHeartbeat(
            run.Workflow, run.Run, target, details, "worker"));

    /// <summary>The four answers to one target, by name.</summary>
    public static Input AnswerTo(string answer, RunKey run, ActivityTarget target) => answer switch
    {
        "complete" => new CompleteActivity(run.Workflow, run.Run, target, null, "completer"),
        "fail" => new FailActivity(run.Workflow, run.Run, target, Error("boom"), null, "completer"),
        "cancel" => new CancelActivity(run.Workflow, run.Run, target, null, "completer"),
        "heartbeat" => new RecordActivityHeartbeat(run.Workflow, run.Run, target, null, "completer"),
        _ => throw new ArgumentOutOfRangeException(nameof(answer)),
    };

    public static Failure Error(string message, Action<ApplicationFailureInfo>? set = null)
    {
        var info = new ApplicationFailureInfo { Type = "Error" };
        set?.Invoke(info);
        return new Failure { Message = message, ApplicationFailureInfo = info };
    }

    public static Payloads Text(string text) => new()
    {
        Payloads_ = { new Payload { Data = ByteString.CopyFromUtf8(text) } },
    };

    public static PendingActivity Pending(RunState state, string? activityId = null) => activityId is null
        ? state.Activities.Values.Single()
        : state.Activities[state.ActivityIds[activityId]];

    private static Input Answer(RunState state, string? activityId, Func<RunKey, ActivityTarget, Input> make) =>
        make(state.Key, ActivityTarget.Of(Pending(state, activityId)));
}
