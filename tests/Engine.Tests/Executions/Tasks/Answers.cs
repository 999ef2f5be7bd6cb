using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Executions.Tasks;

/// <summary>What workers do with workflow tasks, as inputs made from the state they meet.</summary>
internal static class Answers
{
    public const string NormalQueue = "queue";
    public const string WorkerQueue = "sticky-queue";

    public static Func<RunState, Input> Poll(string queue = NormalQueue) => state => new StartWorkflowTask(
        state.Key, state.Task!.ScheduledEventId, state.Task.Attempt, queue, "worker", "poll-request");

    public static Func<RunState, Input> Complete(params Command[] commands) =>
        Complete(_ => { }, commands);

    public static Func<RunState, Input> Complete(
        Action<RespondWorkflowTaskCompletedRequest> set, params Command[] commands) => state =>
    {
        var request = new RespondWorkflowTaskCompletedRequest { Identity = "worker" };
        request.Commands.AddRange(commands);
        set(request);
        return new CompleteWorkflowTask(state.Key, WorkflowTaskReference.Of(state.Task!), request);
    };

    public static Func<RunState, Input> CompleteSticky(params Command[] commands) =>
        Complete(r => r.StickyAttributes = Sticky(), commands);

    public static Func<RunState, Input> Fail(
        WorkflowTaskFailedCause cause = WorkflowTaskFailedCause.WorkflowWorkerUnhandledFailure) => state =>
        new FailWorkflowTask(state.Key, WorkflowTaskReference.Of(state.Task!), new RespondWorkflowTaskFailedRequest
        {
            Cause = cause,
            Failure = new Failure { Message = "boom" },
            Identity = "worker",
        });

    public static StickyExecutionAttributes Sticky() => new()
    {
        WorkerTaskQueue = new TaskQueue
        {
            Name = WorkerQueue,
            Kind = TaskQueueKind.Sticky,
            NormalName = NormalQueue,
        },
        ScheduleToStartTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(10)),
    };

    public static Command Marker(string name = "marker") => new()
    {
        CommandType = CommandType.RecordMarker,
        RecordMarkerCommandAttributes = new RecordMarkerCommandAttributes { MarkerName = name },
    };

    public static Command Timer(string id, TimeSpan after) => new()
    {
        CommandType = CommandType.StartTimer,
        StartTimerCommandAttributes = new StartTimerCommandAttributes
        {
            TimerId = id,
            StartToFireTimeout = Duration.FromTimeSpan(after),
        },
    };

    public static Command CancelTimer(string id) => new()
    {
        CommandType = CommandType.CancelTimer,
        CancelTimerCommandAttributes = new CancelTimerCommandAttributes { TimerId = id },
    };

    public static Command CompleteWorkflow() => new()
    {
        CommandType = CommandType.CompleteWorkflowExecution,
        CompleteWorkflowExecutionCommandAttributes = new CompleteWorkflowExecutionCommandAttributes(),
    };
}
