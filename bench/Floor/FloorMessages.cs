using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Bench.Floor;

/// <summary>The messages of a one-activity workflow, with the fields that an engine would fill.</summary>
internal static class FloorMessages
{
    public static PollWorkflowTaskQueueResponse FirstTask(FloorRun run) => Task(run, previous: 0, started: 3,
        Event(1, EventType.WorkflowExecutionStarted, e => e.WorkflowExecutionStartedEventAttributes = new()
        {
            WorkflowType = run.Request.WorkflowType,
            TaskQueue = run.Request.TaskQueue,
            Input = run.Request.Input,
            WorkflowTaskTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(10)),
            OriginalExecutionRunId = run.RunId,
            FirstExecutionRunId = run.RunId,
            Identity = run.Request.Identity,
            Attempt = 1,
            FirstWorkflowTaskBackoff = new Duration(),
            WorkflowId = run.Request.WorkflowId,
            Header = run.Request.Header,
        }),
        Event(2, EventType.WorkflowTaskScheduled, e => e.WorkflowTaskScheduledEventAttributes = new()
        {
            TaskQueue = run.Request.TaskQueue,
            StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(10)),
            Attempt = 1,
        }),
        Event(3, EventType.WorkflowTaskStarted, e => e.WorkflowTaskStartedEventAttributes = new() { ScheduledEventId = 2 }));

    public static PollActivityTaskQueueResponse ActivityTask(FloorRun run)
    {
        var activity = run.Activity!;
        var now = Timestamp.FromDateTime(DateTime.UtcNow);
        return new PollActivityTaskQueueResponse
        {
            TaskToken = ByteString.CopyFromUtf8(run.RunId),
            WorkflowNamespace = "default",
            WorkflowType = run.Request.WorkflowType,
            WorkflowExecution = Execution(run),
            ActivityType = activity.ActivityType,
            ActivityId = activity.ActivityId,
            Header = activity.Header,
            Input = activity.Input,
            ScheduledTime = now,
            CurrentAttemptScheduledTime = now,
            StartedTime = now,
            Attempt = 1,
            ScheduleToCloseTimeout = activity.ScheduleToCloseTimeout,
            StartToCloseTimeout = activity.StartToCloseTimeout,
            HeartbeatTimeout = activity.HeartbeatTimeout,
            RetryPolicy = activity.RetryPolicy,
        };
    }

    public static PollWorkflowTaskQueueResponse SecondTask(FloorRun run, Payloads? result) =>
        Task(run, previous: 3, started: 9,
            Event(4, EventType.WorkflowTaskCompleted, e => e.WorkflowTaskCompletedEventAttributes = new()
            {
                ScheduledEventId = 2,
                StartedEventId = 3,
            }),
            Event(5, EventType.ActivityTaskScheduled, e => e.ActivityTaskScheduledEventAttributes = new()
            {
                ActivityId = run.Activity!.ActivityId,
                ActivityType = run.Activity.ActivityType,
                TaskQueue = run.Activity.TaskQueue,
                Input = run.Activity.Input,
                WorkflowTaskCompletedEventId = 4,
                StartToCloseTimeout = run.Activity.StartToCloseTimeout,
                ScheduleToCloseTimeout = new Duration(),
                ScheduleToStartTimeout = new Duration(),
                HeartbeatTimeout = new Duration(),
            }),
            Event(6, EventType.ActivityTaskStarted, e => e.ActivityTaskStartedEventAttributes = new()
            {
                ScheduledEventId = 5,
                Attempt = 1,
            }),
            Event(7, EventType.ActivityTaskCompleted, e => e.ActivityTaskCompletedEventAttributes = new()
            {
                ScheduledEventId = 5,
                StartedEventId = 6,
                Result = result,
            }),
            Event(8, EventType.WorkflowTaskScheduled, e => e.WorkflowTaskScheduledEventAttributes = new()
            {
                TaskQueue = run.Request.TaskQueue,
                StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(10)),
                Attempt = 1,
            }),
            Event(9, EventType.WorkflowTaskStarted, e => e.WorkflowTaskStartedEventAttributes = new()
            {
                ScheduledEventId = 8,
            }));

    public static HistoryEvent Close(Payloads? result) => Event(11, EventType.WorkflowExecutionCompleted, e =>
        e.WorkflowExecutionCompletedEventAttributes = new() { Result = result, WorkflowTaskCompletedEventId = 10 });

    private static PollWorkflowTaskQueueResponse Task(FloorRun run, long previous, long started, params HistoryEvent[] events)
    {
        var now = Timestamp.FromDateTime(DateTime.UtcNow);
        return new PollWorkflowTaskQueueResponse
        {
            TaskToken = ByteString.CopyFromUtf8(run.RunId),
            WorkflowExecution = Execution(run),
            WorkflowType = run.Request.WorkflowType,
            PreviousStartedEventId = previous,
            StartedEventId = started,
            Attempt = 1,
            WorkflowExecutionTaskQueue = run.Request.TaskQueue,
            ScheduledTime = now,
            StartedTime = now,
            History = new History { Events = { events } },
        };
    }

    private static WorkflowExecution Execution(FloorRun run) =>
        new() { WorkflowId = run.Request.WorkflowId, RunId = run.RunId };

    private static HistoryEvent Event(long id, EventType type, Action<HistoryEvent> fill)
    {
        var happened = new HistoryEvent
        {
            EventId = id,
            EventType = type,
            EventTime = Timestamp.FromDateTime(DateTime.UtcNow),
        };
        fill(happened);
        return happened;
    }
}
