using AugmentedOS.Engine.Executions.Facts;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.TaskQueue.V1;

namespace AugmentedOS.Engine.Tests.Storage;

/// <summary>Facts as decisions make them.</summary>
internal static class Given
{
    public static Instant Noon { get; } = Instant.From(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    public static RunStarted Started(string workflowType = "Ship") => new(
        Event(1, EventType.WorkflowExecutionStarted, e => e.WorkflowExecutionStartedEventAttributes = new()
        {
            WorkflowType = new WorkflowType { Name = workflowType },
            TaskQueue = new TaskQueue { Name = "orders", Kind = TaskQueueKind.Normal },
            WorkflowTaskTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(10)),
            Attempt = 1,
        }),
        "request-1");

    public static EventRecorded TaskScheduled(long id) => Recorded(id, EventType.WorkflowTaskScheduled, e =>
        e.WorkflowTaskScheduledEventAttributes = new()
        {
            TaskQueue = new TaskQueue { Name = "orders", Kind = TaskQueueKind.Normal },
            StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(10)),
            Attempt = 1,
        });

    public static EventRecorded TaskStarted(long id) => Recorded(id, EventType.WorkflowTaskStarted, e =>
        e.WorkflowTaskStartedEventAttributes = new() { ScheduledEventId = id - 1, Identity = "w", RequestId = "poll" });

    public static EventRecorded TaskCompleted(long id) => Recorded(id, EventType.WorkflowTaskCompleted, e =>
        e.WorkflowTaskCompletedEventAttributes = new() { ScheduledEventId = id - 2, StartedEventId = id - 1 });

    public static EventRecorded ActivityScheduled(long id, string activityId) =>
        Recorded(id, EventType.ActivityTaskScheduled, e => e.ActivityTaskScheduledEventAttributes = new()
        {
            ActivityId = activityId,
            ActivityType = new ActivityType { Name = "Charge" },
            TaskQueue = new TaskQueue { Name = "orders" },
            StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromMinutes(1)),
        });

    public static EventRecorded TimerStarted(long id, string timerId, TimeSpan after) =>
        Recorded(id, EventType.TimerStarted, e => e.TimerStartedEventAttributes = new()
        {
            TimerId = timerId,
            StartToFireTimeout = Duration.FromTimeSpan(after),
        });

    public static EventRecorded Signaled(long id, int inputBytes = 0) =>
        Recorded(id, EventType.WorkflowExecutionSignaled, e => e.WorkflowExecutionSignaledEventAttributes = new()
        {
            SignalName = "Hello",
            Input = new Payloads { Payloads_ = { new Payload { Data = ByteString.CopyFrom(new byte[inputBytes]) } } },
        });

    public static EventRecorded Completed(long id) => Recorded(id, EventType.WorkflowExecutionCompleted, e =>
        e.WorkflowExecutionCompletedEventAttributes = new() { WorkflowTaskCompletedEventId = id - 1 });

    public static EventRecorded Recorded(long id, EventType type, Action<HistoryEvent> fill) =>
        new(Event(id, type, fill));

    public static HistoryEvent Event(long id, EventType type, Action<HistoryEvent> fill)
    {
        var happened = new HistoryEvent { EventId = id, EventType = type, EventTime = Noon.ToTimestamp() };
        fill(happened);
        return happened;
    }
}
