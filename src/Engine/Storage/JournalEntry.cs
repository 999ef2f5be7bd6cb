using AugmentedOS.Engine.Executions;

namespace AugmentedOS.Engine.Storage;

/// <summary>One run's part of a transition.</summary>
/// <param name="RunNumber">The run's number in this file; runs that started later have higher ones.</param>
/// <param name="Sequence">Its place in the run's journal; see <see cref="JournalSequence"/>.</param>
/// <param name="Facts">The facts, encoded by the fact codec.</param>
/// <param name="Before">The state that is durable or queued before this entry; null for a new run.</param>
/// <param name="After">The state that this entry leads to; index and visibility rows are derived from the
/// difference.</param>
internal sealed record JournalEntry(
    long RunNumber, long Sequence, ReadOnlyMemory<byte> Facts, RunState? Before, RunState After)
{
    /// <summary>Rows that precede this one in a new run's journal: copies of another run's facts.</summary>
    public IReadOnlyList<CopiedEntry> Copied { get; init; } = [];
}

/// <summary>A row of copied facts at its place in the journal.</summary>
internal readonly record struct CopiedEntry(long Sequence, ReadOnlyMemory<byte> Facts);
