using System.Globalization;
using AugmentedOS.Pilot.Policy;
using AugmentedOS.Pilot.Receipts;
using AugmentedOS.Pilot.Storage;

namespace AugmentedOS.Pilot.Ledger;

/// <summary>
/// The ledger service: double-entry postings. The key of a posting is unique in the database itself, so that no bug
/// and no crash of a caller books a receipt twice.
/// </summary>
internal sealed class LedgerService : IDisposable
{
    private const string ClaimsPayable = "3790";

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS cost_centres (code TEXT PRIMARY KEY, closed INTEGER NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS postings (
            number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, date TEXT NOT NULL, text TEXT NOT NULL,
            cost_centre TEXT NOT NULL, original_minor_units INTEGER NOT NULL, original_currency TEXT NOT NULL,
            units_per_euro TEXT NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS entries (
            posting INTEGER NOT NULL REFERENCES postings (number), account TEXT NOT NULL,
            debit_cents INTEGER NOT NULL, credit_cents INTEGER NOT NULL) STRICT;
        """;

    private readonly ServiceDatabase _database;

    public LedgerService(string path, IEnumerable<CostCentre> costCentres)
    {
        _database = new ServiceDatabase(path, Schema);
        _database.InTransaction(transaction =>
        {
            foreach (var centre in costCentres)
            {
                transaction.Execute(
                    "INSERT INTO cost_centres VALUES (@0, @1) ON CONFLICT DO UPDATE SET closed = @1",
                    centre.Code,
                    centre.ClosedInLedger);
            }

            return true;
        });
    }

    public string Path => _database.Path;

    public void Dispose() => _database.Dispose();

    /// <exception cref="InvalidOperationException">The key was used for another amount.</exception>
    public PostingAnswer Post(Posting posting) => _database.InTransaction(transaction =>
    {
        if (Known(transaction, posting) is { } known)
        {
            return known;
        }

        return transaction.Scalar("SELECT closed FROM cost_centres WHERE code = @0", -1L, posting.CostCentre) switch
        {
            0 => PostingAnswer.Posted(Book(transaction, posting)),
            1 => PostingAnswer.Refused($"Cost centre {posting.CostCentre} is closed in the ledger."),
            _ => PostingAnswer.Refused($"The ledger has no cost centre {posting.CostCentre}."),
        };
    });

    public LedgerTotals Totals() => _database.InTransaction(transaction => new LedgerTotals(
        (int)transaction.Scalar("SELECT COUNT(*) FROM postings", 0L),
        Money.Euro(transaction.Scalar("SELECT SUM(debit_cents) FROM entries", 0L)),
        Money.Euro(transaction.Scalar("SELECT SUM(credit_cents) FROM entries", 0L)),
        transaction.Query(
                """
                SELECT cost_centre, SUM(debit_cents) FROM postings JOIN entries ON posting = number
                GROUP BY cost_centre ORDER BY cost_centre
                """,
                row => (CostCentre: row.GetString(0), Cents: row.GetInt64(1)))
            .ToDictionary(row => row.CostCentre, row => Money.Euro(row.Cents))));

    /// <summary>How many postings carry a key: none or one.</summary>
    public int PostingsWith(string key) => _database.InTransaction(transaction =>
        (int)transaction.Scalar("SELECT COUNT(*) FROM postings WHERE key = @0", 0L, key));

    private static PostingAnswer? Known(ServiceTransaction transaction, Posting posting)
    {
        var before = transaction.Query(
            """
            SELECT number, debit_cents FROM postings JOIN entries ON posting = number
            WHERE key = @0 AND account <> @1
            """,
            row => (Number: row.GetInt64(0), Cents: row.GetInt64(1)),
            posting.Key,
            ClaimsPayable);
        return before switch
        {
            [] => null,
            [var known] when known.Cents == posting.Euro.MinorUnits => PostingAnswer.Posted(known.Number),
            _ => throw new InvalidOperationException($"The key {posting.Key} stands for another posting."),
        };
    }

    private static long Book(ServiceTransaction transaction, Posting posting)
    {
        var number = transaction.Scalar(
            """
            INSERT INTO postings (key, date, text, cost_centre, original_minor_units, original_currency, units_per_euro)
            VALUES (@0, @1, @2, @3, @4, @5, @6) RETURNING number
            """,
            0L,
            posting.Key,
            posting.Date.ToString("O"),
            posting.Text,
            posting.CostCentre,
            posting.Original.MinorUnits,
            posting.Original.Currency,
            posting.UnitsPerEuro.ToString(CultureInfo.InvariantCulture));
        const string Entry = "INSERT INTO entries VALUES (@0, @1, @2, @3)";
        transaction.Execute(Entry, number, posting.Account, posting.Euro.MinorUnits, 0L);
        transaction.Execute(Entry, number, ClaimsPayable, 0L, posting.Euro.MinorUnits);
        return number;
    }
}

/// <summary>What the ledger adds up to. Debits and credits are equal, or the ledger is wrong.</summary>
internal sealed record LedgerTotals(
    int Postings, Money Debits, Money Credits, IReadOnlyDictionary<string, Money> ByCostCentre);
