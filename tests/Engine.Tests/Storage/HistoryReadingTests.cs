using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.Tests.Simulation;

namespace AugmentedOS.Engine.Tests.Storage;

/// <summary>What every journal promises of reads, whatever it is made of.</summary>
public abstract class HistoryReadingTests : IDisposable
{
    private readonly IJournal _journal;
    private readonly JournaledRun _run;

    /// <summary>Transitions: [1 2] [3] [4 5 6] [heartbeat] [heartbeat] [7] [8].</summary>
    private protected HistoryReadingTests(IJournal journal)
    {
        _journal = journal;
        _run = JournaledRun.Start(_journal);
        _run.Commit(Given.TaskStarted(3));
        _run.Commit(Given.TaskCompleted(4), Given.ActivityScheduled(5, "a"), Given.ActivityScheduled(6, "b"));
        _run.Commit(new ActivityHeartbeatRecorded(5, Given.Noon, null));
        _run.Commit(new ActivityHeartbeatRecorded(5, Given.Noon, null));
        _run.Signal(2);
    }

    public virtual void Dispose()
    {
        _journal.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(1, 100, "1 2 3 4 5 6 7 8", 0)]
    [InlineData(1, 1, "1 2", 3)]
    [InlineData(1, 3, "1 2 3", 4)]
    [InlineData(3, 2, "3 4 5 6", 7)]
    [InlineData(5, 1, "5 6", 7)]
    [InlineData(7, 1, "7", 8)]
    [InlineData(8, 1, "8", 0)]
    [InlineData(9, 1, "", 0)]
    public void ReadHistory_GivesWholeTransitionsUntilTheLimit(long from, int max, string ids, long next)
    {
        var slice = _journal.ReadHistory(_run.Key, from, max, int.MaxValue);

        Assert.Equal(ids, string.Join(' ', slice.Events.Select(e => e.EventId)));
        Assert.Equal(next, slice.NextEventId);
    }

    [Theory]
    [InlineData(8, 100, "8 7 6 5 4 3 2 1", 0)]
    [InlineData(8, 1, "8", 7)]
    [InlineData(7, 2, "7 6 5 4", 3)]
    [InlineData(5, 1, "5 4", 3)]
    [InlineData(2, 9, "2 1", 0)]
    [InlineData(99, 1, "8", 7)]
    public void ReadHistoryBackwards_GivesWholeTransitionsNewestFirst(long from, int max, string ids, long next)
    {
        var slice = _journal.ReadHistoryBackwards(_run.Key, from, max, int.MaxValue);

        Assert.Equal(ids, string.Join(' ', slice.Events.Select(e => e.EventId)));
        Assert.Equal(next, slice.NextEventId);
    }

    [Fact]
    public void ReadHistory_WhenTheBytesAreReached_StopsAfterThatTransition()
    {
        var slice = _journal.ReadHistory(_run.Key, 1, int.MaxValue, maxBytes: 1);

        Assert.Equal([1L, 2L], slice.Events.Select(e => e.EventId));
        Assert.Equal(3, slice.NextEventId);
    }
}

public sealed class FileHistoryReadingTests : HistoryReadingTests
{
    private readonly TemporaryDatabase _database;

    public FileHistoryReadingTests()
        : this(new TemporaryDatabase())
    {
    }

    private FileHistoryReadingTests(TemporaryDatabase database)
        : base(database.Open())
    {
        _database = database;
    }

    public override void Dispose()
    {
        base.Dispose();
        _database.Dispose();
    }
}

public sealed class MemoryHistoryReadingTests() : HistoryReadingTests(TemporaryDatabase.OpenInMemory());

public sealed class SimulatedHistoryReadingTests() : HistoryReadingTests(new SimulatedJournal(new SimulatedDisk()));
