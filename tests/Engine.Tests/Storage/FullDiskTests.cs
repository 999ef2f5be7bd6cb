using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.Storage.Codecs;

namespace AugmentedOS.Engine.Tests.Storage;

public sealed class FullDiskTests : IDisposable
{
    private const long Unlimited = 1L << 40;
    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public void Commit_WhenTheDiskIsFull_WritesNothingAndRecoversWhenThereIsRoom()
    {
        using var journal = _database.Open();
        var run = JournaledRun.Start(journal);
        var acknowledged = RunStateCodec.Encode(run.State!);
        journal.LimitSize(1);

        var bulky = Enumerable.Range(0, 50)
            .Select(_ => new Entries(run.Next(Given.Signaled(run.State!.NextEventId, inputBytes: 10_000))))
            .ToList();
        var failure = Assert.Throws<JournalException>(() => journal.Commit(bulky));
        Assert.StartsWith("The disk is full: ", failure.Message);
        Assert.Equal(acknowledged, RunStateCodec.Encode(journal.Load(run.Key.Workflow, null)!.State));

        journal.LimitSize(Unlimited);
        journal.Commit(bulky);
        Assert.Equal(
            RunStateCodec.Encode(run.State!), RunStateCodec.Encode(journal.Load(run.Key.Workflow, null)!.State));
    }

    [Fact]
    public void Commit_WhenTheDiskIsFullForAWhile_LosesNothingThatItAcknowledged()
    {
        RunKey key;
        byte[] acknowledged;
        using (var journal = _database.Open())
        {
            var run = JournaledRun.Start(journal);
            journal.LimitSize(400_000);
            acknowledged = FillUp(run);
            key = run.Key;
        }

        using var reopened = _database.Open();
        Assert.Equal(acknowledged, RunStateCodec.Encode(reopened.Load(key.Workflow, null)!.State));
    }

    private static byte[] FillUp(JournaledRun run)
    {
        var acknowledged = RunStateCodec.Encode(run.State!);
        for (var i = 0; i < 1_000; i++)
        {
            try
            {
                run.Signal(1, inputBytes: 5_000);
            }
            catch (JournalException)
            {
                return acknowledged;
            }

            acknowledged = RunStateCodec.Encode(run.State!);
        }

        throw new InvalidOperationException("The limit of the file's size was never reached.");
    }
}
