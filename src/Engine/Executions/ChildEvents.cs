using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>What a parent's history says of a child that it started.</summary>
internal static class ChildEvents
{
    public static void RecordStarted(Draft draft, PendingChild child, RunId run) =>
        draft.RecordOrBuffer(EventType.ChildWorkflowExecutionStarted, e =>
            e.ChildWorkflowExecutionStartedEventAttributes = new ChildWorkflowExecutionStartedEventAttributes
            {
                InitiatedEventId = child.InitiatedEventId,
                Namespace = child.Attributes.Namespace,
                NamespaceId = child.Attributes.NamespaceId,
                WorkflowExecution = new WorkflowExecution
                {
                    WorkflowId = child.Attributes.WorkflowId,
                    RunId = run.ToString(),
                },
                WorkflowType = child.Attributes.WorkflowType,
                Header = child.Attributes.Header,
            });

    public static void RecordStartFailed(
        Draft draft, PendingChild child, StartChildWorkflowExecutionFailedCause cause) =>
        draft.RecordOrBuffer(EventType.StartChildWorkflowExecutionFailed, e =>
            e.StartChildWorkflowExecutionFailedEventAttributes = new StartChildWorkflowExecutionFailedEventAttributes
            {
                InitiatedEventId = child.InitiatedEventId,
                Namespace = child.Attributes.Namespace,
                NamespaceId = child.Attributes.NamespaceId,
                WorkflowId = child.Attributes.WorkflowId,
                WorkflowType = child.Attributes.WorkflowType,
                Control = child.Attributes.Control,
                Cause = cause,
            });

    /// <param name="last">The last run of the child's chain.</param>
    /// <param name="close">That run's closing event.</param>
    public static void RecordClosed(Draft draft, PendingChild child, RunId last, HistoryEvent close)
    {
        var execution = new WorkflowExecution { WorkflowId = child.Attributes.WorkflowId, RunId = last.ToString() };
        draft.RecordOrBuffer(TypeFor(close.EventType), e =>
        {
            switch (close.EventType)
            {
                case EventType.WorkflowExecutionCompleted:
                    e.ChildWorkflowExecutionCompletedEventAttributes =
                        Completed(child, execution, close.WorkflowExecutionCompletedEventAttributes);
                    break;
                case EventType.WorkflowExecutionFailed:
                    e.ChildWorkflowExecutionFailedEventAttributes =
                        Failed(child, execution, close.WorkflowExecutionFailedEventAttributes);
                    break;
                case EventType.WorkflowExecutionCanceled:
                    e.ChildWorkflowExecutionCanceledEventAttributes =
                        Canceled(child, execution, close.WorkflowExecutionCanceledEventAttributes);
                    break;
                case EventType.WorkflowExecutionTimedOut:
                    e.ChildWorkflowExecutionTimedOutEventAttributes =
                        TimedOut(child, execution, close.WorkflowExecutionTimedOutEventAttributes);
                    break;
                default:
                    e.ChildWorkflowExecutionTerminatedEventAttributes = Terminated(child, execution);
                    break;
            }
        });
    }

    private static EventType TypeFor(EventType close) => close switch
    {
        EventType.WorkflowExecutionCompleted => EventType.ChildWorkflowExecutionCompleted,
        EventType.WorkflowExecutionFailed => EventType.ChildWorkflowExecutionFailed,
        EventType.WorkflowExecutionCanceled => EventType.ChildWorkflowExecutionCanceled,
        EventType.WorkflowExecutionTimedOut => EventType.ChildWorkflowExecutionTimedOut,
        EventType.WorkflowExecutionTerminated => EventType.ChildWorkflowExecutionTerminated,
        _ => throw new InvalidOperationException($"{close} does not end a chain of runs."),
    };

    private static ChildWorkflowExecutionCompletedEventAttributes Completed(
        PendingChild child, WorkflowExecution execution, WorkflowExecutionCompletedEventAttributes close) => new()
        {
            InitiatedEventId = child.InitiatedEventId,
            StartedEventId = child.StartedEventId,
            Namespace = child.Attributes.Namespace,
            NamespaceId = child.Attributes.NamespaceId,
            WorkflowExecution = execution,
            WorkflowType = child.Attributes.WorkflowType,
            Result = close.Result,
        };

    private static ChildWorkflowExecutionFailedEventAttributes Failed(
        PendingChild child, WorkflowExecution execution, WorkflowExecutionFailedEventAttributes close) => new()
        {
            InitiatedEventId = child.InitiatedEventId,
            StartedEventId = child.StartedEventId,
            Namespace = child.Attributes.Namespace,
            NamespaceId = child.Attributes.NamespaceId,
            WorkflowExecution = execution,
            WorkflowType = child.Attributes.WorkflowType,
            Failure = close.Failure,
            RetryState = close.RetryState,
        };

    private static ChildWorkflowExecutionCanceledEventAttributes Canceled(
        PendingChild child, WorkflowExecution execution, WorkflowExecutionCanceledEventAttributes close) => new()
        {
            InitiatedEventId = child.InitiatedEventId,
            StartedEventId = child.StartedEventId,
            Namespace = child.Attributes.Namespace,
            NamespaceId = child.Attributes.NamespaceId,
            WorkflowExecution = execution,
            WorkflowType = child.Attributes.WorkflowType,
            Details = close.Details,
        };

    private static ChildWorkflowExecutionTimedOutEventAttributes TimedOut(
        PendingChild child, WorkflowExecution execution, WorkflowExecutionTimedOutEventAttributes close) => new()
        {
            InitiatedEventId = child.InitiatedEventId,
            StartedEventId = child.StartedEventId,
            Namespace = child.Attributes.Namespace,
            NamespaceId = child.Attributes.NamespaceId,
            WorkflowExecution = execution,
            WorkflowType = child.Attributes.WorkflowType,
            RetryState = close.RetryState,
        };

    private static ChildWorkflowExecutionTerminatedEventAttributes Terminated(
        PendingChild child, WorkflowExecution execution) => new()
        {
            InitiatedEventId = child.InitiatedEventId,
            StartedEventId = child.StartedEventId,
            Namespace = child.Attributes.Namespace,
            NamespaceId = child.Attributes.NamespaceId,
            WorkflowExecution = execution,
            WorkflowType = child.Attributes.WorkflowType,
        };
}
