using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>
/// Opens the writer's connection: checks that the file is ours and sound, and brings it to this version.
/// </summary>
internal static class DatabaseOpener
{
    private const int HeaderBytes = 100;
    private const long QuickCheckBytes = 4 * 1024 * 1024;

    private const string WriterSettings =
        """
        PRAGMA synchronous = FULL;
        PRAGMA cache_size = -32768;
        PRAGMA temp_store = MEMORY;
        PRAGMA foreign_keys = OFF;
        PRAGMA journal_size_limit = 67108864;
        """;

    /// <summary>What can be said without touching anything, in the words of whoever typed the path.</summary>
    /// <exception cref="EngineStorageException">The path leads nowhere, or to something else.</exception>
    public static void CheckPath(string path)
    {
        if (Directory.Exists(path))
        {
            throw OpenFailure.IsDirectory(path);
        }

        if (Path.GetDirectoryName(path) is { Length: > 0 } directory && !Directory.Exists(directory))
        {
            throw OpenFailure.DirectoryMissing(path, directory);
        }
    }

    /// <exception cref="EngineStorageException">The file cannot be used; it was not changed.</exception>
    public static Database OpenFile(string path, string pragmas = "")
    {
        CheckHeader(path);
        return Guarded(path, () => Database.Open(path, SqliteOpenMode.ReadWriteCreate), database =>
        {
            CheckOwner(path, database);
            CheckSound(path, database);
            database.Execute("PRAGMA page_size = 4096");
            if (database.Text("PRAGMA journal_mode = WAL") != "wal")
            {
                throw OpenFailure.Failed(path, new IOException("its file system cannot share memory, which WAL needs."));
            }

            database.Execute(WriterSettings + pragmas);
            Migrations.Apply(database, Schema.Steps);
        });
    }

    public static Database OpenMemory(string pragmas = "") =>
        Guarded(":memory:", () => Database.Open(":memory:", SqliteOpenMode.Memory), database =>
        {
            database.Execute(WriterSettings + pragmas);
            Migrations.Apply(database, Schema.Steps);
        });

    public static JournalReader OpenReader(string path)
    {
        var database = Database.Open(path, SqliteOpenMode.ReadWrite);
        try
        {
            database.Execute("PRAGMA query_only = ON; PRAGMA cache_size = -4096; PRAGMA temp_store = MEMORY;");
            return new JournalReader(database, ownsDatabase: true);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>A connection for checkpoints only.</summary>
    public static Database OpenForCheckpoints(string path)
    {
        var database = Database.Open(path, SqliteOpenMode.ReadWrite);
        database.Execute("PRAGMA synchronous = FULL; PRAGMA cache_size = -1024;");

        // A connection that has read nothing does not know of the log, and its checkpoints would do nothing.
        database.Number("SELECT count(*) FROM sqlite_schema");
        return database;
    }

    private static Database Guarded(string path, Func<Database> open, Action<Database> prepare)
    {
        Database? database = null;
        try
        {
            database = open();
            prepare(database);
            return database;
        }
        catch (Exception e)
        {
            database?.Dispose();
            switch (e)
            {
                case SqliteException { SqliteErrorCode: raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_PERM }:
                    throw OpenFailure.NotWritable(path, e);
                case SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB }:
                    throw OpenFailure.Damaged(path, $"its content cannot be read ({e.Message}).", e);
                case SqliteException or JournalException or InvalidOperationException:
                    throw OpenFailure.Failed(path, e);
                default:
                    throw;
            }
        }
    }

    private static void CheckHeader(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            Span<byte> header = stackalloc byte[HeaderBytes];
            var read = file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
            if (read > 0)
            {
                CheckHeader(path, header[..read], file.Length);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OpenFailure.NotWritable(path, e);
        }
    }

    private static void CheckHeader(string path, ReadOnlySpan<byte> header, long length)
    {
        if (header.Length < HeaderBytes || !header.StartsWith("SQLite format 3\0"u8))
        {
            throw OpenFailure.NotADatabase(path);
        }

        // With a log beside it the file may be shorter for now: a crash came between the log and the file.
        var expected = DatabaseHeader.ExpectedLength(header);
        if (length < expected && !File.Exists(path + "-wal"))
        {
            throw OpenFailure.Damaged(path, $"it should have {expected} bytes and has {length}: its end is missing.");
        }
    }

    private static void CheckOwner(string path, Database database)
    {
        if (database.Number("SELECT count(*) FROM sqlite_schema") == 0)
        {
            return;
        }

        if (database.Number("PRAGMA application_id") != Schema.ApplicationId)
        {
            throw OpenFailure.NotOurs(path);
        }

        var version = (int)database.Number("PRAGMA user_version");
        if (version > Schema.CurrentVersion)
        {
            throw OpenFailure.Newer(path, version);
        }
    }

    /// <summary>A small file is checked whole; a large one where that costs no time, at its ends.</summary>
    private static void CheckSound(string path, Database database)
    {
        var bytes = database.Number("PRAGMA page_count") * database.Number("PRAGMA page_size");
        if (bytes <= QuickCheckBytes && database.Text("PRAGMA quick_check(1)") is not "ok" and var problem)
        {
            throw OpenFailure.Damaged(path, problem + ".");
        }
    }
}
