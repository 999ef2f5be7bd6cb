using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Storage;

/// <summary>Histories event by event, read in pages as far as somebody looks.</summary>
internal static class JournalHistories
{
    private const int PageBytes = 4 * 1024 * 1024;

    /// <summary>All events of a run from one on.</summary>
    /// <exception cref="JournalException">On the way: the file cannot be read right now.</exception>
    public static IEnumerable<HistoryEvent> Events(this IJournal journal, RunKey run, long fromEventId, int pageSize)
    {
        while (fromEventId > 0)
        {
            var page = journal.ReadHistory(run, fromEventId, pageSize, PageBytes);
            foreach (var happened in page.Events)
            {
                yield return happened;
            }

            fromEventId = page.NextEventId;
        }
    }

    /// <summary>All events of a run from one back to the first.</summary>
    /// <exception cref="JournalException">On the way: the file cannot be read right now.</exception>
    public static IEnumerable<HistoryEvent> EventsBackwards(
        this IJournal journal, RunKey run, long fromEventId, int pageSize)
    {
        while (fromEventId > 0)
        {
            var page = journal.ReadHistoryBackwards(run, fromEventId, pageSize, PageBytes);
            foreach (var happened in page.Events)
            {
                yield return happened;
            }

            fromEventId = page.NextEventId;
        }
    }
}
