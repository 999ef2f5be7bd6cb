using System.Collections.Immutable;
using AugmentedOS.Engine.Executions.Resetting;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Deliveries;

/// <summary>Whom a run's end concerns: children under a parent close policy, and the parent when the chain has ended.</summary>
internal static class ClosingDeliveries
{
    public static ImmutableSortedSet<long> Of(RunState closed)
    {
        var pending = ImmutableSortedSet.CreateBuilder<long>();
        var hasHeir = ResetEnd.HasHeir(closed);
        foreach (var child in closed.Children.Values)
        {
            // The children of a run that was reset go on: the run in its place knows those from before the reset point.
            if (!hasHeir
                && child.Run is not null && child.Attributes.ParentClosePolicy != ParentClosePolicy.Abandon)
            {
                pending.Add(child.InitiatedEventId);
            }
        }

        if (closed.Started.ParentWorkflowExecution is not null
            && !ResetEnd.IsOf(closed.CloseEvent!)
            && (closed.OwesAnnouncement || !HasSuccessor(closed.CloseEvent!)))
        {
            pending.Add(Delivery.ToParent);
        }

        return pending.ToImmutable();
    }

    /// <summary>Whether the chain goes on: by continue-as-new, a retry or the next cron run.</summary>
    public static bool HasSuccessor(HistoryEvent close) => close.EventType switch
    {
        EventType.WorkflowExecutionContinuedAsNew => true,
        EventType.WorkflowExecutionCompleted =>
            close.WorkflowExecutionCompletedEventAttributes.NewExecutionRunId.Length > 0,
        EventType.WorkflowExecutionFailed => close.WorkflowExecutionFailedEventAttributes.NewExecutionRunId.Length > 0,
        EventType.WorkflowExecutionTimedOut =>
            close.WorkflowExecutionTimedOutEventAttributes.NewExecutionRunId.Length > 0,
        _ => false,
    };
}
