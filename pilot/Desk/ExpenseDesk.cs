using AugmentedOS.Pilot.Storage;

namespace AugmentedOS.Pilot.Desk;

/// <summary>
/// The expense desk's own records: which purchase belongs to which claim, how far each claim is, and the messages
/// that went out. Everything is keyed, so that writing it again changes nothing.
/// </summary>
internal sealed class ExpenseDesk(string path) : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS files (id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS claims (
            id TEXT PRIMARY KEY, file TEXT NOT NULL, line INTEGER, receipt TEXT NOT NULL,
            stage TEXT NOT NULL, cents INTEGER, reason TEXT) STRICT;
        CREATE TABLE IF NOT EXISTS purchases (
            fingerprint TEXT PRIMARY KEY, claim TEXT NOT NULL, file TEXT NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS messages (
            claim TEXT NOT NULL, kind TEXT NOT NULL, recipient TEXT NOT NULL, text TEXT NOT NULL,
            PRIMARY KEY (claim, kind)) STRICT;
        """;

    private readonly ServiceDatabase _database = new(path, Schema);

    public void Dispose() => _database.Dispose();

    /// <summary>Writes a file down as read, with a line for each receipt or rejection found in it. What an earlier
    /// reading found that was interrupted before anybody acted on it gives way.</summary>
    public void Open(string fileId, string file, IEnumerable<ClaimRecord> claims) =>
        _database.InTransaction(transaction =>
        {
            transaction.Execute("INSERT INTO files VALUES (@0, @1) ON CONFLICT DO NOTHING", fileId, file);
            transaction.Execute(
                "DELETE FROM claims WHERE stage = 'Extracted' AND substr(id, 1, length(@0) + 1) = @0 || '/'", fileId);
            foreach (var claim in claims)
            {
                transaction.Execute(
                    """
                    INSERT INTO claims (id, file, line, receipt, stage, reason) VALUES (@0, @1, @2, @3, @4, @5)
                    ON CONFLICT DO NOTHING
                    """,
                    claim.Id,
                    claim.File,
                    claim.Line,
                    claim.Receipt,
                    claim.Stage.ToString(),
                    claim.Reason);
            }

            return true;
        });

    /// <summary>Claims a purchase. The first claim owns it for good, also when it asks again.</summary>
    /// <returns>The file whose claim came before, or null when the purchase is this claim's own.</returns>
    public string? FindEarlier(string fingerprint, string claimId, string file) =>
        _database.InTransaction(transaction =>
        {
            transaction.Execute(
                "INSERT INTO purchases VALUES (@0, @1, @2) ON CONFLICT DO NOTHING", fingerprint, claimId, file);
            return transaction.Query(
                    "SELECT file FROM purchases WHERE fingerprint = @0 AND claim <> @1",
                    row => row.GetString(0),
                    fingerprint,
                    claimId)
                .SingleOrDefault();
        });

    /// <summary>Moves a claim on and sends the message about it, together. A settled claim stays settled.</summary>
    public void Move(string claimId, ClaimStage stage, Message message, long? cents = null, string? reason = null) =>
        _database.InTransaction(transaction =>
        {
            transaction.Execute(
                """
                UPDATE claims SET stage = @1, cents = COALESCE(@2, cents), reason = COALESCE(@3, reason)
                WHERE id = @0 AND stage IN ('Extracted', 'Waiting')
                """,
                claimId,
                stage.ToString(),
                cents,
                reason);
            return transaction.Execute(
                "INSERT INTO messages VALUES (@0, @1, @2, @3) ON CONFLICT DO NOTHING",
                claimId,
                message.Kind.ToString(),
                message.Recipient,
                message.Text);
        });

    public DeskCounts Counts() => _database.InTransaction(transaction => new DeskCounts(
        (int)transaction.Scalar("SELECT COUNT(*) FROM files", 0L),
        transaction.Query(
                "SELECT stage, COUNT(*) FROM claims GROUP BY stage",
                row => (Stage: Enum.Parse<ClaimStage>(row.GetString(0)), Count: row.GetInt32(1)))
            .ToDictionary(row => row.Stage, row => row.Count)));

    public IReadOnlyList<ClaimRecord> Claims() => _database.InTransaction(transaction => transaction.Query(
        "SELECT id, file, line, receipt, stage, cents, reason FROM claims ORDER BY file, line, id",
        row => new ClaimRecord(
            row.GetString(0),
            row.GetString(1),
            row.IsDBNull(2) ? null : row.GetInt32(2),
            row.GetString(3),
            Enum.Parse<ClaimStage>(row.GetString(4)),
            row.IsDBNull(5) ? null : row.GetInt64(5),
            row.IsDBNull(6) ? null : row.GetString(6))));

    /// <summary>The claims that wait for a person.</summary>
    public IReadOnlyList<string> Waiting() => _database.InTransaction(transaction => transaction.Query(
        "SELECT id FROM claims WHERE stage = 'Waiting' ORDER BY file, line, id", row => row.GetString(0)));

    public IReadOnlyList<Message> MessagesAbout(string claimId) => _database.InTransaction(transaction =>
        transaction.Query(
            "SELECT kind, recipient, text FROM messages WHERE claim = @0 ORDER BY rowid",
            row => new Message(Enum.Parse<MessageKind>(row.GetString(0)), row.GetString(1), row.GetString(2)),
            claimId));
}
