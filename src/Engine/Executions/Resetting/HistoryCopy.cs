using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Folding;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Resetting;

/// <summary>Makes a <see cref="CopiedHistory"/> event by event. What history does not show (attempts, heartbeats,
/// stickiness) is not copied: the new run knows what its history says.</summary>
/// <param name="run">The new run.</param>
/// <param name="startRequestId">The id of the start request that the copied run answered.</param>
/// <param name="encode">Turns facts into a row of the journal.</param>
internal sealed class HistoryCopy(
    RunKey run, string startRequestId, Func<IReadOnlyList<Fact>, ReadOnlyMemory<byte>> encode)
{
    private const int MaxEvents = 64;
    private const int MaxBytes = 64 * 1024;
    private readonly List<CopiedRow> _rows = [];
    private readonly List<Fact> _facts = [];
    private readonly Dictionary<long, CopiedStart> _running = [];
    private RunState? _state;
    private long _nextEventId = 1;
    private int _bytes;

    public void Add(HistoryEvent copied)
    {
        _facts.Add(copied.EventId == 1 ? new RunStarted(copied, startRequestId) : new EventRecorded(copied));
        _bytes += copied.CalculateSize();
        if (copied.EventType == EventType.ActivityTaskStarted)
        {
            var started = copied.ActivityTaskStartedEventAttributes;
            _running[started.ScheduledEventId] = new CopiedStart(copied.EventId, started.Identity);
        }

        if (_facts.Count >= MaxEvents || _bytes >= MaxBytes)
        {
            EndRow();
        }
    }

    public CopiedHistory Finish()
    {
        EndRow();
        var state = _state ?? throw new InvalidOperationException($"{run} copies no history.");
        return new CopiedHistory(
            state,
            _rows,
            _running.Where(started => state.Activities.ContainsKey(started.Key)).ToDictionary());
    }

    private void EndRow()
    {
        if (_facts.Count == 0)
        {
            return;
        }

        _state = Fold.Transition(_state, run, _facts);
        _rows.Add(new CopiedRow(_nextEventId, encode(_facts)));
        _nextEventId = _state.NextEventId;
        _facts.Clear();
        _bytes = 0;
    }
}
