using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>Reads stretches of a run's history with one seek: see <see cref="JournalSequence"/>.</summary>
internal sealed class HistoryReader(Database database) : IDisposable
{
    // The row that holds the event is the last one that can begin with it or with an earlier one.
    private readonly Statement _forwards = database.Prepare(
        """
        SELECT facts FROM journal
        WHERE run = ?1 AND seq >= coalesce((SELECT max(seq) FROM journal WHERE run = ?1 AND seq <= ?2), 0)
        ORDER BY seq
        """);

    private readonly Statement _backwards = database.Prepare(
        "SELECT facts FROM journal WHERE run = ?1 AND seq <= ?2 ORDER BY seq DESC");

    public HistorySlice Forwards(long run, long fromEventId, int maxEvents, int maxBytes)
    {
        var events = new List<HistoryEvent>();
        var bytes = 0L;
        try
        {
            _forwards.Bind(1, run).Bind(2, JournalSequence.LastFor(fromEventId));
            while (_forwards.Step())
            {
                if (events.Count > 0 && (events.Count >= maxEvents || bytes >= maxBytes))
                {
                    if (FactCodec.HasEvents(_forwards.Blob(0)))
                    {
                        return new HistorySlice(events, events[^1].EventId + 1);
                    }

                    continue;
                }

                bytes += FactCodec.ReadEvents(_forwards.Blob(0), fromEventId, long.MaxValue, events);
            }
        }
        finally
        {
            _forwards.Reset();
        }

        return new HistorySlice(events, 0);
    }

    public HistorySlice Backwards(long run, long fromEventId, int maxEvents, int maxBytes)
    {
        var events = new List<HistoryEvent>();
        var bytes = 0L;
        try
        {
            _backwards.Bind(1, run).Bind(2, JournalSequence.LastFor(fromEventId));
            while ((events.Count == 0 || (events.Count < maxEvents && bytes < maxBytes)) && _backwards.Step())
            {
                var before = events.Count;
                bytes += FactCodec.ReadEvents(_backwards.Blob(0), 1, fromEventId, events);
                events.Reverse(before, events.Count - before);
            }
        }
        finally
        {
            _backwards.Reset();
        }

        return new HistorySlice(events, events.Count == 0 ? 0 : events[^1].EventId - 1);
    }

    public void Dispose()
    {
        _forwards.Dispose();
        _backwards.Dispose();
    }
}
