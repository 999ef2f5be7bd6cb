using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace AugmentedOS.Workflows.Errors.Reading;

/// <summary>Reads a database's refusals: SQLite's result codes, and for all others the SQLSTATE (ISO/IEC 9075), whose
/// first two characters are its class.</summary>
internal static class DatabaseErrors
{
    private const int SqliteUnique = 2067;
    private const int SqlitePrimaryKey = 1555;
    private const int SqliteForeignKey = 787;

    public static WorkflowError Read(DbException exception)
    {
        var (kind, code) = exception is SqliteException sqlite
            ? OfSqlite(sqlite.SqliteErrorCode, sqlite.SqliteExtendedErrorCode)
            : OfState(exception);
        return new(kind, code, exception.Message);
    }

    /// <summary>https://www.sqlite.org/rescode.html.</summary>
    private static (ErrorKind Kind, string Code) OfSqlite(int code, int extended) => (code, extended) switch
    {
        (5 or 6, _) => (ErrorKind.Transient, "database.busy"),
        (19, SqliteUnique or SqlitePrimaryKey) => (ErrorKind.Conflict, "database.unique"),
        (19, SqliteForeignKey) => (ErrorKind.Conflict, "database.reference"),
        (19 or 18 or 20 or 25, _) => (ErrorKind.InvalidInput, "database.constraint"),
        (3 or 8 or 23, _) => (ErrorKind.Unauthorized, "database.access"),
        (11 or 26, _) => (ErrorKind.Poisoned, "database.damaged"),
        (13 or 14, _) => (ErrorKind.DependencyDown, "database.unavailable"),
        // A statement that does not compile, or one used wrongly.
        (1 or 21, _) => (ErrorKind.Poisoned, "database.statement"),
        _ => (ErrorKind.Transient, "database"),
    };

    private static (ErrorKind Kind, string Code) OfState(DbException exception) => exception.SqlState switch
    {
        "23505" => (ErrorKind.Conflict, "database.unique"),
        "23503" or "23001" => (ErrorKind.Conflict, "database.reference"),
        _ when exception.IsTransient => (ErrorKind.Transient, "database.busy"),
        { Length: 5 } state => state[..2] switch
        {
            "08" or "57" => (ErrorKind.DependencyDown, "database.unavailable"),
            "22" or "23" => (ErrorKind.InvalidInput, "database.constraint"),
            "28" => (ErrorKind.Unauthorized, "database.access"),
            "40" or "55" => (ErrorKind.Transient, "database.busy"),
            "42" => (ErrorKind.Poisoned, "database.statement"),
            "53" => (ErrorKind.DependencyDown, "database.unavailable"),
            "XX" => (ErrorKind.Poisoned, "database.damaged"),
            _ => (ErrorKind.Transient, "database"),
        },
        _ => (ErrorKind.Transient, "database"),
    };
}
