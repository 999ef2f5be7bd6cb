using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Storage;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Api.History;

/// <summary>Reads pages of events.</summary>
internal sealed class HistoryPages(IJournal journal, EngineLimits limits)
{
    private const int MaxPageBytes = 2 * 1024 * 1024;

    /// <summary>The page size for what was asked: 0 means as many as allowed, and more is lowered silently.</summary>
    public int SizeFor(int asked) => asked <= 0 || asked > limits.HistoryPageSize ? limits.HistoryPageSize : asked;

    /// <summary>Events from an id on, none after <paramref name="last"/>.</summary>
    /// <returns>Where the next page begins; 0 when this is the last one.</returns>
    public long ReadForward(
        RunKey run, long from, long last, int pageSize, ICollection<HistoryEvent> events)
    {
        if (from > last)
        {
            return 0;
        }

        var next = from;
        foreach (var recorded in journal.ReadHistory(run, from, pageSize, MaxPageBytes).Events)
        {
            if (recorded.EventId > last)
            {
                return 0;
            }

            events.Add(recorded);
            next = recorded.EventId + 1;
        }

        return next > last || next == from ? 0 : next;
    }

    /// <summary>Events from an id down to the first.</summary>
    /// <returns>Where the next page begins; 0 when this is the last one.</returns>
    public long ReadBackward(RunKey run, long from, int pageSize, ICollection<HistoryEvent> events)
    {
        var next = from;
        foreach (var recorded in journal.ReadHistoryBackwards(run, from, pageSize, MaxPageBytes).Events)
        {
            events.Add(recorded);
            next = recorded.EventId - 1;
        }

        return next == from ? 0 : next;
    }
}
