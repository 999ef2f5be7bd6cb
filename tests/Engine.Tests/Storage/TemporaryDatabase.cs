using AugmentedOS.Engine.Storage;

namespace AugmentedOS.Engine.Tests.Storage;

/// <summary>A database file in a directory of its own, gone with the test.</summary>
internal sealed class TemporaryDatabase : IDisposable
{
    public TemporaryDatabase()
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("engine-storage-").FullName;
        Path = System.IO.Path.Combine(Directory, "engine.db");
    }

    public string Directory { get; }

    public string Path { get; }

    public static SqliteJournal Open(string path) => SqliteJournal.Open(path, TimeProvider.System, new RandomIds());

    public static SqliteJournal OpenInMemory() => Open(SqliteJournal.InMemory);

    public SqliteJournal Open() => Open(Path);

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);

    private sealed class RandomIds : IIdSource
    {
        public Guid Next() => Guid.CreateVersion7();
    }
}
