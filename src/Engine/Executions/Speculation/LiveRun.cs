using System.Collections.Immutable;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Folding;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Updates;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Speculation;

/// <summary>A run as it is in memory: what the journal has of it (or will have, once that is durable), and what memory
/// has besides. That is lost when the run leaves memory, and nothing that anybody was promised is lost with it.</summary>
/// <remarks>
/// A speculative workflow task is the facts of an ordinary one, held back. Decisions are made on the state with those
/// facts folded in, as if they were written; the first decision that has to be written brings them along, and a
/// task that changes nothing is dropped with them. See decision 20.
/// </remarks>
/// <param name="State">With all facts: what decisions are made on.</param>
/// <param name="Written">Without those that are held back.</param>
/// <param name="Held">The facts that lead from <paramref name="Written"/> to <paramref name="State"/>.</param>
/// <param name="Updates">The updates that no worker has answered yet, in the order of their admission.</param>
internal sealed record LiveRun(
    RunState State, RunState Written, ImmutableList<Fact> Held, ImmutableList<InFlightUpdate> Updates)
{
    /// <summary>A run of which memory has no more than the journal.</summary>
    public static LiveRun Of(RunState state) => new(state, state, [], []);

    /// <summary>The events that are held back.</summary>
    public IEnumerable<HistoryEvent> HeldEvents => EventsIn(Held);

    /// <summary>Whether memory has anything that the journal has not.</summary>
    public bool IsPlain => Held.IsEmpty && Updates.IsEmpty;

    /// <summary>Whether that is the run's workflow task and its events are held back.</summary>
    public bool IsSpeculative(WorkflowTask task) => !task.IsTransient && task.ScheduledEventId >= Written.NextEventId;

    /// <summary>The events among facts that are to be held back.</summary>
    public static IEnumerable<HistoryEvent> EventsIn(IEnumerable<Fact> facts) =>
        facts.OfType<EventRecorded>().Select(fact => fact.Event);

    /// <summary>Decides on an input. Where it closes the run, a speculative task that nobody has taken never was.</summary>
    /// <param name="live">The addressed run, null when there is none.</param>
    public static Decision Decide(Input input, LiveRun? live, DecisionContext context)
    {
        if (live is null)
        {
            return input.Decide(null, context);
        }

        var decision = input.Decide(live.State, live.IsPlain ? context : context with { Live = live });
        var wasNeverThere = decision.Change is { After.IsClosed: true }
            && live.State.Task is { IsStarted: false } task && live.IsSpeculative(task);
        if (!wasNeverThere)
        {
            return decision;
        }

        var plain = live with { State = live.Written, Held = [] };
        return input.Decide(plain.State, context with { Live = plain }) with { Drops = true };
    }

    /// <summary>The run in the middle of a transition, with all that was decided so far.</summary>
    public LiveRun During(Decision decision) => decision.Change is { } change
        ? new LiveRun(change.After, change.After, [], decision.Updates ?? Updates)
        : Apply(decision).After;

    /// <summary>What a decision makes of the run, and what of it has to be written; null when nothing has.</summary>
    public (LiveRun After, RunChange? Write) Apply(Decision decision)
    {
        var (state, held) = decision.Drops ? (Written, []) : (State, Held);
        var (written, updates) = (Written, decision.Updates ?? Updates);
        RunChange? write = null;
        if (decision.Change is { } change)
        {
            state = written = Fold.EndTransition(change.After);
            write = new RunChange(Written, written, held.IsEmpty ? change.Facts : [.. held, .. change.Facts]);
            held = [];
        }

        if (decision.Held is { } more)
        {
            state = more.Facts.Aggregate(state, Fold.Apply);
            held = held.AddRange(more.Facts);
        }

        return (new LiveRun(state, written, held, state.IsClosed ? [] : updates), write);
    }
}
