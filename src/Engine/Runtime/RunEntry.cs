using AugmentedOS.Engine.Clocks;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Speculation;
using AugmentedOS.Engine.Queries;
using AugmentedOS.Engine.Updates;

namespace AugmentedOS.Engine.Runtime;

/// <summary>A run in a shard's memory. Touched by its shard only.</summary>
internal sealed class RunEntry(long number, long lastSequence, RunState state, long nextEventId)
{
    public long Number { get; } = number;

    public RunKey Key { get; } = state.Key;

    /// <summary>The run, which may be ahead of what is durable.</summary>
    public LiveRun Live { get; set; } = LiveRun.Of(state);

    /// <summary>Its state, with what only memory has.</summary>
    public RunState State => Live.State;

    public long LastSequence { get; set; } = lastSequence;

    /// <summary>The last commit that carries this run; it is durable when that is.</summary>
    public CommitMark? LastCommit { get; set; }

    public HistoryTail Tail { get; } = new(nextEventId);

    /// <summary>Queries that wait for a workflow task; null until there is one.</summary>
    public QueryBuffer? Queries { get; set; }

    /// <summary>Who waits for its updates; null until somebody does.</summary>
    public UpdateWaiters? UpdateWaiters { get; set; }

    /// <summary>The earliest wake-up that is queued for it.</summary>
    public QueuedWakeUp<RunKey>? WakeUp { get; set; }

    /// <summary>What of it holds the clock, as far as the clock was told.</summary>
    public HeldWork Work { get; set; }

    /// <summary>Its place among the runs that may be dropped from memory; null while it must stay.</summary>
    public LinkedListNode<RunEntry>? IdleNode { get; set; }

    public bool IsDurable => LastCommit is null or { IsDurable: true };
}
