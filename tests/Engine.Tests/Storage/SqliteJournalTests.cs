using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.Storage.Codecs;
using AugmentedOS.Engine.Storage.Sqlite;

namespace AugmentedOS.Engine.Tests.Storage;

public sealed class SqliteJournalTests : IDisposable
{
    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public void Load_WhenReopened_GivesTheStateThatWasCommitted()
    {
        RunKey key;
        byte[] expected;
        long sequence;
        using (var journal = _database.Open())
        {
            var run = JournaledRun.Start(journal);
            run.Commit(Given.TaskStarted(3));
            run.Commit(
                Given.TaskCompleted(4),
                Given.ActivityScheduled(5, "a"),
                Given.TimerStarted(6, "t", TimeSpan.FromHours(1)));
            (key, expected, sequence) = (run.Key, RunStateCodec.Encode(run.State!), run.Sequence);
        }

        using var reopened = _database.Open();
        var loaded = reopened.Load(key.Workflow, key.Run);

        Assert.NotNull(loaded);
        Assert.Equal(sequence, loaded.LastSequence);
        Assert.Equal(expected, RunStateCodec.Encode(loaded.State));
    }

    [Fact]
    public void Load_WhenTheRunIsLong_GivesTheStateThatWasCommitted()
    {
        using var journal = _database.Open();
        var run = JournaledRun.Start(journal);
        run.Signal(3_000, inputBytes: 100);

        var loaded = journal.Load(run.Key.Workflow, run.Key.Run)!;

        Assert.True(Snapshots(journal) > 0, "no snapshot was written");
        Assert.Equal(run.Sequence, loaded.LastSequence);
        Assert.Equal(RunStateCodec.Encode(run.State!), RunStateCodec.Encode(loaded.State));
    }

    [Fact]
    public void Load_WithoutRunId_GivesTheLatestRun()
    {
        using var journal = _database.Open();
        JournaledRun.Start(journal);
        var latest = JournaledRun.Start(journal);

        Assert.Equal(latest.Key, journal.Load(latest.Key.Workflow, null)?.State.Key);
    }

    [Fact]
    public void Load_WhenNamespaceOrWorkflowIsAnother_FindsNothing()
    {
        using var journal = _database.Open();
        var run = JournaledRun.Start(journal);

        Assert.Null(journal.Load(new WorkflowKey(new NamespaceId(Guid.Empty), "order-1"), run.Key.Run));
        Assert.Null(journal.Load(run.Key.Workflow with { WorkflowId = "order-2" }, run.Key.Run));
        Assert.Null(journal.Load(run.Key.Workflow with { WorkflowId = "order-2" }, null));
    }

    [Fact]
    public void HotRuns_WhenARunWaitsForATimerOnly_LeaveItToWakeUps()
    {
        using var journal = _database.Open();
        var run = JournaledRun.Start(journal);
        Assert.Equal([run.Key], journal.HotRuns());

        run.Commit(Given.TaskStarted(3));
        run.Commit(Given.TaskCompleted(4), Given.TimerStarted(5, "t", TimeSpan.FromHours(1)));

        var due = Given.Noon + TimeSpan.FromHours(1);
        Assert.Empty(journal.HotRuns());
        Assert.Equal([new WakeUp(run.Key, due)], journal.WakeUps(due));
        Assert.Empty(journal.WakeUps(new Instant(due.Ticks - 1)));

        run.Commit(Given.Signaled(6), Given.TaskScheduled(7));
        Assert.Equal([run.Key], journal.HotRuns());
        Assert.Empty(journal.WakeUps(due));
    }

    [Fact]
    public void ClosedRuns_GiveThoseThatEndedBefore_OldestFirst()
    {
        using var journal = _database.Open();
        var open = JournaledRun.Start(journal, "open");
        var closed = JournaledRun.Start(journal, "closed");
        closed.Commit(Given.TaskStarted(3));
        closed.Commit(Given.TaskCompleted(4), Given.Completed(5));

        Assert.Equal([closed.Key], journal.ClosedRuns(TestIds.Namespace, Given.Noon + TimeSpan.FromTicks(1), 10));
        Assert.Empty(journal.ClosedRuns(TestIds.Namespace, Given.Noon, 10));
        Assert.Equal([open.Key], journal.HotRuns());
    }

    [Fact]
    public void NextRunNumber_WhenReopened_GoesOnAfterTheHighest()
    {
        long last;
        using (var journal = _database.Open())
        {
            last = JournaledRun.Start(journal).Number;
        }

        using var reopened = _database.Open();
        Assert.Equal([last + 1, last + 2], [reopened.NextRunNumber(), reopened.NextRunNumber()]);
    }

    [Fact]
    public void Commit_WhenAWriteFails_WritesNothingAndGoesOn()
    {
        using var journal = _database.Open();
        var run = JournaledRun.Start(journal);
        var other = new JournaledRun(journal, run.Key with { Run = new RunId(Guid.NewGuid()) });
        var good = new Entries(other.Next(Given.Started()));

        Assert.Throws<JournalException>(() => journal.Commit([good, new Failing()]));
        Assert.Null(journal.Load(other.Key.Workflow, other.Key.Run));

        journal.Commit([good]);
        Assert.NotNull(journal.Load(other.Key.Workflow, other.Key.Run));
    }

    [Fact]
    public void Delete_WhenTheRunIsLong_HidesItAtOnceAndRemovesItsRowsBitByBit()
    {
        using var journal = _database.Open();
        var run = JournaledRun.Start(journal);
        run.Signal(1_200);
        var other = JournaledRun.Start(journal, "other");

        journal.Commit([new Deletion(run.Key, run.Number)]);

        Assert.Null(journal.Load(run.Key.Workflow, null));
        Assert.True(Count(journal, "journal") > 500);
        for (var i = 0; i < 5; i++)
        {
            other.Signal(1);
        }

        Assert.Equal(6, Count(journal, "journal"));
        Assert.Equal(0, Count(journal, "deleted_runs"));
        Assert.Equal(
            RunStateCodec.Encode(other.State!), RunStateCodec.Encode(journal.Load(other.Key.Workflow, null)!.State));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_WhenTheJournalIsClosed_FailsAsWhenTheMachineDoes(bool isInMemory)
    {
        var journal = isInMemory ? TemporaryDatabase.OpenInMemory() : _database.Open();
        Assert.Empty(journal.HotRuns());

        journal.Dispose();

        Assert.Contains(
            "has been stopped",
            Assert.Throws<JournalException>(() => journal.HotRuns()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhenTheFileCannotBeOpened_FailsAsWhenTheMachineDoes()
    {
        var path = Path.Combine(_database.Directory, "gone.db");
        using var reads = new ReadPool(() => DatabaseOpener.OpenReader(path));

        var failure = Assert.Throws<JournalException>(() => reads.Read(static reader => reader.Runs.Hot()));

        Assert.Contains("cannot be opened", failure.Message, StringComparison.Ordinal);
    }

    private static long Snapshots(SqliteJournal journal) => Count(journal, "snapshots");

    private static long Count(SqliteJournal journal, string table) =>
        journal.Query(database => database.Number($"SELECT count(*) FROM {table}"));

    private sealed class Failing : IJournalWrite
    {
        public void WriteTo(IJournalTransaction transaction) => throw new JournalException("scripted");
    }
}
