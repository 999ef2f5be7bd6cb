using AugmentedOS.Engine.Executions.Facts;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Runtime;

/// <summary>The newest events of a run in memory, so that a poll needs no read from disk.</summary>
internal sealed class HistoryTail(long nextEventId)
{
    private const int MaxEvents = 512;
    private const int KeptAfterTask = 32;
    private List<HistoryEvent> _events = [];

    /// <summary>The id of the first event that is here.</summary>
    public long FirstEventId { get; private set; } = nextEventId;

    public void Append(IReadOnlyList<Fact> facts)
    {
        foreach (var fact in facts)
        {
            var recorded = fact switch
            {
                EventRecorded plain => plain.Event,
                BufferedEventRecorded buffered => buffered.Event,
                RunStarted started => started.Event,
                _ => null,
            };
            if (recorded is not null)
            {
                _events.Add(recorded);
            }
        }

        if (_events.Count > MaxEvents)
        {
            DropUntil(_events[^(MaxEvents / 2)].EventId);
        }
    }

    /// <summary>The cached worker has seen everything before this event; only a few of those stay.</summary>
    public void SeenUntil(long eventId)
    {
        if (eventId - FirstEventId > KeptAfterTask)
        {
            DropUntil(eventId);
        }
    }

    /// <summary>The events from an id on; null when the older ones among them are not here.</summary>
    public IReadOnlyList<HistoryEvent>? From(long eventId) =>
        eventId < FirstEventId ? null : _events.GetRange((int)(eventId - FirstEventId), CountFrom(eventId));

    private int CountFrom(long eventId) => Math.Max(0, _events.Count - (int)(eventId - FirstEventId));

    private void DropUntil(long eventId)
    {
        var dropped = (int)Math.Min(eventId - FirstEventId, _events.Count);
        _events = _events.GetRange(dropped, _events.Count - dropped);
        FirstEventId += dropped;
    }
}
