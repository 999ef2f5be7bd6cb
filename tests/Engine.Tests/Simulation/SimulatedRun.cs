using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Folding;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.Storage.Codecs;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Tests.Simulation;

/// <summary>One run on the simulated disk: its rows as bytes, and now and then a snapshot.</summary>
internal sealed class SimulatedRun(long number, RunKey key)
{
    private const int RowsPerSnapshot = 7;
    private readonly List<(long Sequence, byte[] Facts)> _rows = [];
    private (int Rows, byte[] State)? _snapshot;

    public long Number { get; } = number;

    public RunKey Key { get; } = key;

    public bool IsHot { get; private set; }

    public Instant? WakeAt { get; private set; }

    /// <summary>When it closed; null while it is open.</summary>
    public Instant? ClosedAt { get; private set; }

    public IReadOnlyList<(long Sequence, byte[] Facts)> Rows => _rows;

    public void Append(JournalEntry entry)
    {
        foreach (var (sequence, facts) in entry.Copied)
        {
            Append(sequence, facts);
        }

        Append(entry.Sequence, entry.Facts);
        IsHot = entry.After.IsHot;
        WakeAt = IsHot ? null : entry.After.NextDeadline?.At;
        ClosedAt = entry.After.CloseEvent is { } close ? Instant.From(close.EventTime) : null;
        if (_rows.Count % RowsPerSnapshot == 0)
        {
            _snapshot = (_rows.Count, RunStateCodec.Encode(entry.After));
        }
    }

    private void Append(long sequence, ReadOnlyMemory<byte> facts)
    {
        var last = _rows.Count == 0 ? 0 : _rows[^1].Sequence;
        Assert.True(sequence > last, $"{Key}: row {sequence} does not follow row {last}.");
        _rows.Add((sequence, facts.ToArray()));
    }

    /// <summary>Folded from the snapshot, if there is one, and the rows after it.</summary>
    public LoadedRun Load()
    {
        var (rows, state) = _snapshot is { } saved ? (saved.Rows, RunStateCodec.Decode(Key, saved.State)) : (0, null);
        return new LoadedRun(Number, _rows[^1].Sequence, Replay(state, _rows.Skip(rows)));
    }

    /// <summary>Folded from the first row: what the state must be.</summary>
    public RunState FoldFromTheStart() => Replay(null, _rows);

    public static List<HistoryEvent> ReadEvents(byte[] facts)
    {
        var events = new List<HistoryEvent>();
        FactCodec.ReadEvents(facts, 1, long.MaxValue, events);
        return events;
    }

    private RunState Replay(RunState? state, IEnumerable<(long Sequence, byte[] Facts)> rows)
    {
        foreach (var (_, facts) in rows)
        {
            state = Fold.Transition(state, Key, FactCodec.Decode(facts));
        }

        return state!;
    }
}
