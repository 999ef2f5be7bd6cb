using AugmentedOS.Engine.Executions.Facts;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Deliveries;

/// <summary>What a run has to tell other runs: nothing is queued, all of it follows from its state.</summary>
internal static class PendingDeliveries
{
    /// <summary>What this transition brought about and is still to be told after it. Costs what the transition changed.</summary>
    public static IReadOnlyList<Delivery> After(RunChange change)
    {
        var state = change.After;
        if (state.IsClosed)
        {
            return change.Before is { IsClosed: true } || state.PendingDeliveries.IsEmpty ? [] : OfClosed(state);
        }

        if (change.Copied is not null)
        {
            return All(state);
        }

        List<Delivery>? due = null;
        foreach (var fact in change.Facts)
        {
            if (BroughtAbout(state, fact) is { } delivery && delivery.IsDue(state))
            {
                (due ??= []).Add(delivery);
            }
        }

        return due ?? (IReadOnlyList<Delivery>)[];
    }

    /// <summary>Everything still to be told, in the order in which it came up; for a run that was just loaded.</summary>
    public static IReadOnlyList<Delivery> All(RunState state)
    {
        if (state.IsClosed)
        {
            return OfClosed(state);
        }

        var due = new List<Delivery>();
        if (state.AwaitsParent)
        {
            due.Add(AnnounceToParent.Of(state));
        }

        if (state.UnstartedChildren > 0)
        {
            due.AddRange(state.Children.Values.Where(c => c.Run is null).Select(c => StartChild.Of(state, c)));
        }

        due.AddRange(state.Externals.Values.Select(e => ToExternal(state, e)));
        due.Sort((left, right) => left.Id.CompareTo(right.Id));
        return due;
    }

    /// <summary>Whether a run closed before its parent knew of it and left a successor, so that it is the announcement
    /// and not the end that its parent still has to learn.</summary>
    public static bool AnnouncesAfterClose(RunState state) =>
        state.IsClosed
        && state.PendingDeliveries.Contains(Delivery.ToParent)
        && ClosingDeliveries.HasSuccessor(state.CloseEvent!);

    private static Delivery? BroughtAbout(RunState state, Fact fact) => fact switch
    {
        RunStarted => state.AwaitsParent ? AnnounceToParent.Of(state) : null,
        EventRecorded { Event: var happened } => BroughtAbout(state, happened),
        _ => null,
    };

    private static Delivery? BroughtAbout(RunState state, HistoryEvent happened) => happened.EventType switch
    {
        EventType.StartChildWorkflowExecutionInitiated =>
            state.Children.TryGetValue(happened.EventId, out var child) ? StartChild.Of(state, child) : null,
        EventType.SignalExternalWorkflowExecutionInitiated
            or EventType.RequestCancelExternalWorkflowExecutionInitiated =>
            state.Externals.TryGetValue(happened.EventId, out var external) ? ToExternal(state, external) : null,
        _ => null,
    };

    private static Delivery ToExternal(RunState source, PendingExternal external)
    {
        var formerRuns = source.Origin?.FormerRuns ?? [];
        return external.Signal is { } signal
            ? new SignalExternal(source.Key, external.InitiatedEventId, signal) { FormerRuns = formerRuns }
            : new CancelExternal(source.Key, external.InitiatedEventId, external.Cancel!) { FormerRuns = formerRuns };
    }

    private static List<Delivery> OfClosed(RunState state)
    {
        var due = new List<Delivery>(state.PendingDeliveries.Count);
        foreach (var id in state.PendingDeliveries)
        {
            due.Add(id == Delivery.ToParent ? ToParent(state) : new ApplyClosePolicy(state.Key, state.Children[id], state.Origin?.FormerRuns ?? []));
        }

        return due;
    }

    private static Delivery ToParent(RunState closed) => AnnouncesAfterClose(closed)
        ? AnnounceToParent.Of(closed)
        : NotifyParent.Of(closed);
}
