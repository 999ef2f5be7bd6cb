using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Resetting;
using AugmentedOS.Engine.Storage;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Runtime;

/// <content>Resets: the one decision that takes more than one run.</content>
internal sealed partial class Shard
{
    internal void Reset(ResetExecution reset, Action<Outcome> settled)
    {
        var workflow = reset.Base.Workflow;
        if (_runs.Find(workflow, reset.Base.Run) is not { } entry || _runs.Find(workflow, null) is not { } current)
        {
            settled(new Outcome(null, Rejection.RunNotFound(workflow, reset.Base.Run)));
            return;
        }

        var context = In(workflow.Namespace, Context());
        if (Since(reset) is not { } fresh)
        {
            Carry(current, Decision.Answer(ResetOutdated.Instance), settled, context);
            return;
        }

        // A task that only memory knows, and that nobody has taken, never was when the run ends.
        var live = current.Live;
        var drops = live.State.Task is { IsStarted: false } task && live.IsSpeculative(task);
        var ending = drops ? live.Written : live.State;
        var decision = reset.Decide(ReferenceEquals(entry, current) ? ending : entry.State, ending, fresh, context);
        Carry(current, decision.Change is null ? decision : decision with { Drops = drops }, settled, context);
    }

    /// <summary>What the last run that was read did since, from memory; null when memory does not have all of it.</summary>
    private IReadOnlyList<HistoryEvent>? Since(ResetExecution reset)
    {
        var (read, next) = (reset.Material.LastRead, reset.Material.NextEventId);
        if (_runs.Find(read.Workflow, read.Run) is not { } entry)
        {
            return []; // It was deleted meanwhile, and did nothing more.
        }

        return entry.Live.Written.NextEventId == next ? [] : entry.Tail.From(next);
    }

    private static CopiedEntry[] CopiedEntries(RunEntry entry, CopiedHistory? history)
    {
        if (history is null)
        {
            return [];
        }

        var copied = new CopiedEntry[history.Rows.Count];
        for (var row = 0; row < copied.Length; row++)
        {
            entry.LastSequence = JournalSequence.Next(entry.LastSequence, history.Rows[row].FirstEventId);
            copied[row] = new CopiedEntry(entry.LastSequence, history.Rows[row].Facts);
        }

        return copied;
    }
}
