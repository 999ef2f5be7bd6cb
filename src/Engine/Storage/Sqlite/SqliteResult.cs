using SQLitePCL;

namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>What SQLite's result codes mean to us.</summary>
internal static class SqliteResult
{
    public static void Check(int result, sqlite3 database, string what)
    {
        if (result != raw.SQLITE_OK)
        {
            throw ToException(result, database, what);
        }
    }

    /// <summary>A failure of the machine as a <see cref="JournalException"/>; a misuse of ours, such as a row that is
    /// there already, as what it is: a bug.</summary>
    public static Exception ToException(int result, sqlite3 database, string what)
    {
        var primary = result & 0xFF;
        var detail = $"{raw.sqlite3_errmsg(database).utf8_to_string()} (SQLite code {result})";
        return primary switch
        {
            raw.SQLITE_FULL => new JournalException($"The disk is full: {detail}."),
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new JournalException(
                $"The database file is damaged: {detail}. Stop the engine and restore a backup."),
            raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN => new JournalException(
                $"The database file cannot be read or written: {detail}."),
            raw.SQLITE_READONLY or raw.SQLITE_PERM => new JournalException(
                $"The database file cannot be written: {detail}."),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new JournalException(
                $"Another program has locked the database file: {detail}."),
            raw.SQLITE_NOMEM or raw.SQLITE_TOOBIG => new JournalException($"{what}: {detail}."),
            _ => new InvalidOperationException($"{what}: {detail}."),
        };
    }
}
