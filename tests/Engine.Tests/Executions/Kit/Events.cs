using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.TaskQueue.V1;

namespace AugmentedOS.Engine.Tests.Executions.Kit;

/// <summary>Events by name, for a scenario's past (with sensible attributes) and for what is expected of it (only what
/// is stated is compared).</summary>
internal static partial class Events
{
    /// <summary>Event 1 as a plain start of type <c>Workflow</c> on the queue <c>queue</c> writes it.</summary>
    public static HistoryEvent WorkflowStarted(Action<WorkflowExecutionStartedEventAttributes>? set = null)
    {
        var attributes = new WorkflowExecutionStartedEventAttributes
        {
            WorkflowType = new WorkflowType { Name = "Workflow" },
            TaskQueue = new TaskQueue { Name = "queue", Kind = TaskQueueKind.Normal },
            WorkflowExecutionTimeout = TimeSpan.Zero.ToProto(),
            WorkflowRunTimeout = TimeSpan.Zero.ToProto(),
            WorkflowTaskTimeout = 10.Seconds().ToProto(),
            FirstWorkflowTaskBackoff = TimeSpan.Zero.ToProto(),
            OriginalExecutionRunId = Scenario.Key.Run.ToString(),
            FirstExecutionRunId = Scenario.Key.Run.ToString(),
            WorkflowId = Scenario.Key.WorkflowId,
            Attempt = 1,
        };
        set?.Invoke(attributes);
        return new HistoryEvent
        {
            EventType = EventType.WorkflowExecutionStarted,
            WorkflowExecutionStartedEventAttributes = attributes,
        };
    }

    /// <summary>A run whose first workflow task a worker holds: events 1 to 3.</summary>
    public static Step WorkflowTaskIsStarted() =>
        new(scenario => scenario.And(WorkflowStarted(), WorkflowTaskScheduled(), WorkflowTaskStarted()));

    /// <summary>A run whose first workflow task is behind it: events 1 to 4.</summary>
    public static Step WorkflowIsIdle() =>
        new(scenario => scenario.And(WorkflowTaskIsStarted(), WorkflowTaskCompleted()));

}
