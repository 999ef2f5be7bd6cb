using AugmentedOS.Engine.Storage.Codecs;
using AugmentedOS.Engine.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace AugmentedOS.Engine.Tests.Storage;

public sealed class OpeningTests : IDisposable
{
    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public void Open_WhenTheDirectoryIsMissing_NamesIt()
    {
        var directory = Path.Combine(_database.Directory, "nowhere");

        Assert.Equal(
            $"The directory of the engine's database '{Path.Combine(directory, "engine.db")}' does not exist: "
            + $"create '{directory}' or name another file.",
            Refusal(Path.Combine(directory, "engine.db")));
    }

    [Fact]
    public void Open_WhenThePathIsADirectory_SaysSo() =>
        Assert.Equal(
            $"The engine's database '{_database.Directory}' is a directory: name a file in it.",
            Refusal(_database.Directory));

    [Fact]
    public void Open_WhenTheDirectoryIsReadOnly_SaysSo()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a directory that nobody may write, root included.");

        var message = Refusal("/sys/kernel/engine.db");

        Assert.StartsWith("The engine's database '/sys/kernel/engine.db' cannot be written: ", message);
        Assert.EndsWith(
            "Give this process write access to the file and to its directory, or name another file.", message);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("This is a letter, not a database. It is long enough to hold a header, and so it is read as one: "
        + "what it says there is not what a database says.")]
    public void Open_WhenTheFileIsNoDatabase_LeavesItAsItIs(string content)
    {
        File.WriteAllText(_database.Path, content);

        Assert.Equal(
            $"'{_database.Path}' is not a database: it has other content. It was left as it is; name another file.",
            Refusal(_database.Path));
        Assert.Equal(content, File.ReadAllText(_database.Path));
    }

    [Fact]
    public void Open_WhenTheFileIsEmpty_MakesADatabaseOfIt()
    {
        File.WriteAllText(_database.Path, "");

        using var journal = _database.Open();

        JournaledRun.Start(journal);
    }

    [Fact]
    public void Open_WhenAnotherProgramOwnsTheDatabase_LeavesItAsItIs()
    {
        Execute("CREATE TABLE customers(name TEXT)");

        Assert.Equal(
            $"'{_database.Path}' is a database of another program. It was left as it is; name another file.",
            Refusal(_database.Path));
    }

    [Fact]
    public void Open_WhenANewerEngineWroteTheFile_NamesBothVersions()
    {
        _database.Open().Dispose();
        Execute("PRAGMA user_version = 99");

        Assert.Equal(
            $"The engine's database '{_database.Path}' has schema version 99, and this engine knows versions up to "
            + $"{Schema.CurrentVersion}. It was left as it is: start the newer engine that wrote it, or restore a "
            + "backup that was made before the upgrade.",
            Refusal(_database.Path));
    }

    [Fact]
    public void Open_WhenTheEndIsMissing_SaysHowMuch()
    {
        FillAndClose();
        var length = new FileInfo(_database.Path).Length;
        using (var file = File.OpenWrite(_database.Path))
        {
            file.SetLength(length - 5_000);
        }

        Assert.Equal(
            $"The engine's database '{_database.Path}' is damaged: it should have {length} bytes and has "
            + $"{length - 5_000}: its end is missing. Restore a backup of it, or name another file.",
            Refusal(_database.Path));
    }

    [Fact]
    public void Open_WhenThePagesAreOverwritten_SaysThatItIsDamaged()
    {
        FillAndClose();
        using (var file = File.OpenWrite(_database.Path))
        {
            file.Position = 3 * 4096;
            file.Write(Enumerable.Repeat((byte)0xAB, 10 * 4096).ToArray());
        }

        Assert.StartsWith(
            $"The engine's database '{_database.Path}' is damaged: ", Refusal(_database.Path));
    }

    [Fact]
    public void Open_WhenTablesAreMissing_SaysThatItIsDamaged()
    {
        _database.Open().Dispose();
        Execute("DROP TABLE journal");

        var message = Refusal(_database.Path);

        Assert.StartsWith($"The engine's database '{_database.Path}' is damaged: ", message);
        Assert.Contains("no such table: journal", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WhenAnotherEngineHasTheFile_NamesItsProcess()
    {
        using var first = _database.Open();

        var message = Refusal(_database.Path);

        Assert.StartsWith(
            $"The engine's database '{_database.Path}' is in use by process {Environment.ProcessId} (", message);
        Assert.Contains(") since 20", message, StringComparison.Ordinal);
        JournaledRun.Start(first);
    }

    [Fact]
    public void Open_WhenAProcessThatHadItIsGone_TakesItOver()
    {
        File.WriteAllText(_database.Path + ".lock", "");
        File.WriteAllText(_database.Path + ".owner", "process 1 (gone) since 2026-01-01 00:00:00 UTC");

        _database.Open().Dispose();
        using var again = _database.Open();
    }

    [Fact]
    public void Open_WhenTheLogHoldsCommitsThatTheFileLacks_RecoversThem()
    {
        using var copy = new TemporaryDatabase();
        using var journal = _database.Open();
        var run = JournaledRun.Start(journal);
        File.Copy(_database.Path, copy.Path);
        File.Copy(_database.Path + "-wal", copy.Path + "-wal");

        using var recovered = copy.Open();

        var loaded = recovered.Load(run.Key.Workflow, null);
        Assert.NotNull(loaded);
        Assert.Equal(RunStateCodec.Encode(run.State!), RunStateCodec.Encode(loaded.State));
    }

    [Fact]
    public void ClusterId_WhenReopened_IsTheSame()
    {
        Guid made;
        using (var journal = _database.Open())
        {
            made = journal.ClusterId;
        }

        using var reopened = _database.Open();
        Assert.Equal(made, reopened.ClusterId);
    }

    private static string Refusal(string path) => Assert.Throws<EngineStorageException>(() =>
    {
        using var opened = TemporaryDatabase.Open(path);
    }).Message;

    private void FillAndClose()
    {
        using var journal = _database.Open();
        JournaledRun.Start(journal).Signal(300, inputBytes: 500);
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_database.Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
