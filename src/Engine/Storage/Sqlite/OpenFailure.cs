namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>Every way in which opening the file fails: what is wrong, where, what to do.</summary>
internal static class OpenFailure
{
    public static EngineStorageException DirectoryMissing(string path, string directory) => new(
        $"The directory of the engine's database '{path}' does not exist: create '{directory}' or name another file.");

    public static EngineStorageException IsDirectory(string path) => new(
        $"The engine's database '{path}' is a directory: name a file in it.");

    public static EngineStorageException NotWritable(string path, Exception cause) => new(
        $"The engine's database '{path}' cannot be written: {cause.Message} "
        + "Give this process write access to the file and to its directory, or name another file.",
        cause);

    public static EngineStorageException Taken(string path, string owner, Exception cause) => new(
        $"The engine's database '{path}' is in use by {owner}. One engine at a time may have it: stop that one, "
        + "connect to it, or name another file.",
        cause);

    public static EngineStorageException NotADatabase(string path) => new(
        $"'{path}' is not a database: it has other content. It was left as it is; name another file.");

    public static EngineStorageException NotOurs(string path) => new(
        $"'{path}' is a database of another program. It was left as it is; name another file.");

    public static EngineStorageException Newer(string path, int version) => new(
        $"The engine's database '{path}' has schema version {version}, and this engine knows versions up to "
        + $"{Schema.CurrentVersion}. It was left as it is: start the newer engine that wrote it, or restore a backup "
        + "that was made before the upgrade.");

    public static EngineStorageException Damaged(string path, string how, Exception? cause = null) => new(
        $"The engine's database '{path}' is damaged: {how} Restore a backup of it, or name another file.", cause!);

    public static EngineStorageException Failed(string path, Exception cause) => new(
        $"The engine's database '{path}' cannot be opened: {cause.Message}", cause);
}
