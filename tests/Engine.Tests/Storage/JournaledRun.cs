using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Folding;
using AugmentedOS.Engine.Storage;

namespace AugmentedOS.Engine.Tests.Storage;

/// <summary>Writes one run's transitions into a journal, keeping the state and sequence as a shard does.</summary>
internal sealed class JournaledRun(IJournal journal, RunKey key)
{
    public RunKey Key { get; } = key;

    public long Number { get; } = journal.NextRunNumber();

    public RunState? State { get; private set; }

    public long Sequence { get; private set; }

    public static JournaledRun Start(IJournal journal, string workflowId = "order-1", NamespaceId? ns = null)
    {
        var workflow = new WorkflowKey(ns ?? TestIds.Namespace, workflowId);
        var run = new JournaledRun(journal, new RunKey(workflow, new RunId(Guid.CreateVersion7())));
        run.Commit(Given.Started(), Given.TaskScheduled(2));
        return run;
    }

    /// <summary>The entry that these facts make; the run's state and sequence move on.</summary>
    public JournalEntry Next(params Fact[] facts)
    {
        var before = State;
        Sequence = before is null ? JournalSequence.First : JournalSequence.Next(Sequence, before.NextEventId);
        State = Fold.Transition(before, Key, facts);
        return new JournalEntry(Number, Sequence, FactCodec.Encode(facts), before, State);
    }

    public void Commit(params Fact[] facts) => journal.Commit([new Entries(Next(facts))]);

    /// <summary>That many signals, each a transition, in one commit.</summary>
    public void Signal(int times, int inputBytes = 0) => journal.Commit(
        [.. Enumerable.Range(0, times).Select(_ => new Entries(Next(Given.Signaled(State!.NextEventId, inputBytes))))]);
}

/// <summary>Entries that are written together.</summary>
internal sealed record Entries(params JournalEntry[] All) : IJournalWrite
{
    public void WriteTo(IJournalTransaction transaction)
    {
        foreach (var entry in All)
        {
            transaction.Append(entry);
        }
    }
}

internal sealed record Deletion(RunKey Run, long Number) : IJournalWrite
{
    public void WriteTo(IJournalTransaction transaction) => transaction.Delete(Run, Number);
}

internal static class TestIds
{
    public static NamespaceId Namespace { get; } = new(Guid.Parse("32049b68-7872-4094-8e63-d0dd59896a83"));
}
