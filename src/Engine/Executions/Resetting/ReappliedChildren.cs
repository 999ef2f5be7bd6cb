using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Resetting;

/// <summary>What the discarded part of history says of children. A child that was initiated before the reset point is
/// the new run's as well; one that was initiated after it is not.</summary>
internal static class ReappliedChildren
{
    private const int Max = 1000;

    /// <summary>The pending child of which the event is news; null when it is none of this state.</summary>
    public static PendingChild? Find(RunState state, HistoryEvent happened) =>
        InitiatedEventId(happened) is var id && id != 0
        && state.Children.TryGetValue(id, out var child)
        && (happened.EventType != EventType.ChildWorkflowExecutionStarted || child.Run is null)
            ? child
            : null;

    /// <summary>Makes the end of a child refer to its start in this history.</summary>
    public static void Wire(HistoryEvent happened, PendingChild child)
    {
        switch (happened.EventType)
        {
            case EventType.ChildWorkflowExecutionCompleted:
                happened.ChildWorkflowExecutionCompletedEventAttributes.StartedEventId = child.StartedEventId;
                break;
            case EventType.ChildWorkflowExecutionFailed:
                happened.ChildWorkflowExecutionFailedEventAttributes.StartedEventId = child.StartedEventId;
                break;
            case EventType.ChildWorkflowExecutionCanceled:
                happened.ChildWorkflowExecutionCanceledEventAttributes.StartedEventId = child.StartedEventId;
                break;
            case EventType.ChildWorkflowExecutionTimedOut:
                happened.ChildWorkflowExecutionTimedOutEventAttributes.StartedEventId = child.StartedEventId;
                break;
            case EventType.ChildWorkflowExecutionTerminated:
                happened.ChildWorkflowExecutionTerminatedEventAttributes.StartedEventId = child.StartedEventId;
                break;
            default:
                break;
        }
    }

    /// <summary>The children that were initiated after the reset point, by name; a refusal when they are too many.</summary>
    public static IReadOnlyList<string>? InitiatedIn(IEnumerable<HistoryEvent> discarded, out Rejection? refusal)
    {
        var names = discarded.Where(e => e.EventType == EventType.StartChildWorkflowExecutionInitiated)
            .Select(e => e.StartChildWorkflowExecutionInitiatedEventAttributes)
            .Select(child => ResetOrigin.NameOf(child.WorkflowType.Name, child.WorkflowId))
            .Distinct(StringComparer.Ordinal)
            .Take(Max + 1)
            .ToList();
        refusal = names.Count > Max
            ? Rejection.InvalidArgument($"WorkflowResetter encountered max allowed children [{Max}] while resetting.")
            : null;
        return refusal is null ? names : null;
    }

    private static long InitiatedEventId(HistoryEvent happened) => happened.EventType switch
    {
        EventType.StartChildWorkflowExecutionFailed =>
            happened.StartChildWorkflowExecutionFailedEventAttributes.InitiatedEventId,
        EventType.ChildWorkflowExecutionStarted =>
            happened.ChildWorkflowExecutionStartedEventAttributes.InitiatedEventId,
        EventType.ChildWorkflowExecutionCompleted =>
            happened.ChildWorkflowExecutionCompletedEventAttributes.InitiatedEventId,
        EventType.ChildWorkflowExecutionFailed =>
            happened.ChildWorkflowExecutionFailedEventAttributes.InitiatedEventId,
        EventType.ChildWorkflowExecutionCanceled =>
            happened.ChildWorkflowExecutionCanceledEventAttributes.InitiatedEventId,
        EventType.ChildWorkflowExecutionTimedOut =>
            happened.ChildWorkflowExecutionTimedOutEventAttributes.InitiatedEventId,
        EventType.ChildWorkflowExecutionTerminated =>
            happened.ChildWorkflowExecutionTerminatedEventAttributes.InitiatedEventId,
        _ => 0,
    };
}
