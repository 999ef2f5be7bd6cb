using AugmentedOS.Engine.Storage.Codecs;

namespace AugmentedOS.Engine.Tests.Storage;

public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public void Log_WhenMuchIsWritten_StaysBounded()
    {
        using var journal = _database.Open();
        var run = JournaledRun.Start(journal);
        var written = 0L;
        for (var i = 0; i < 120; i++)
        {
            run.Signal(50, inputBytes: 20_000);
            written += 50 * 20_000;
        }

        var log = new FileInfo(_database.Path + "-wal").Length;
        Assert.True(log < written / 2, $"{written} bytes were written and the log has {log}.");
        Assert.Equal(
            RunStateCodec.Encode(run.State!), RunStateCodec.Encode(journal.Load(run.Key.Workflow, null)!.State));
    }
}
