using AugmentedOS.Pilot.Policy;
using AugmentedOS.Pilot.Receipts;
using AugmentedOS.Pilot.Storage;

namespace AugmentedOS.Pilot.Budget;

/// <summary>
/// The budget service: reserves money of a cost centre. Each request carries a key; asked again with the same key, it
/// answers as before and reserves nothing more.
/// </summary>
internal sealed class BudgetService : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS budgets (cost_centre TEXT PRIMARY KEY, cents INTEGER NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS reservations (
            key TEXT PRIMARY KEY, cost_centre TEXT, cents INTEGER NOT NULL,
            released INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE INDEX IF NOT EXISTS reservations_by_cost_centre ON reservations (cost_centre) WHERE released = 0;
        """;

    private readonly ServiceDatabase _database;

    public BudgetService(string path, IEnumerable<CostCentre> costCentres)
    {
        _database = new ServiceDatabase(path, Schema);
        _database.InTransaction(transaction =>
        {
            foreach (var centre in costCentres)
            {
                transaction.Execute(
                    "INSERT INTO budgets VALUES (@0, @1) ON CONFLICT DO UPDATE SET cents = @1",
                    centre.Code,
                    (long)(centre.Budget * 100m));
            }

            return true;
        });
    }

    public void Dispose() => _database.Dispose();

    /// <exception cref="InvalidOperationException">The key was used for another amount or cost centre.</exception>
    public ReservationAnswer Reserve(string key, string costCentre, Money euros) =>
        _database.InTransaction(transaction =>
            Known(transaction, key, costCentre, euros) ?? ReserveNew(transaction, key, costCentre, euros));

    /// <summary>Gives the money back. Safe to repeat.</summary>
    /// <remarks>
    /// A key that was never used is marked as released too: the request to reserve may still be on its way, and must
    /// find nothing to reserve when it arrives.
    /// </remarks>
    public void Release(string key) => _database.InTransaction(transaction => transaction.Execute(
        "INSERT INTO reservations (key, cents, released) VALUES (@0, 0, 1) ON CONFLICT DO UPDATE SET released = 1",
        key));

    /// <summary>What is reserved of a cost centre's budget now.</summary>
    public Money Reserved(string costCentre) =>
        Money.Euro(_database.InTransaction(transaction => Reserved(transaction, costCentre)));

    private static ReservationAnswer? Known(ServiceTransaction transaction, string key, string costCentre, Money euros)
    {
        var before = transaction.Query(
            "SELECT released, cost_centre IS @1 AND cents = @2 FROM reservations WHERE key = @0",
            row => (IsReleased: row.GetBoolean(0), IsSame: row.GetBoolean(1)),
            key,
            costCentre,
            euros.MinorUnits);
        return before switch
        {
            [] => null,
            [{ IsReleased: true }] => ReservationAnswer.Released,
            [{ IsSame: true }] => ReservationAnswer.Reserved,
            _ => throw new InvalidOperationException($"The key {key} stands for another reservation."),
        };
    }

    private static ReservationAnswer ReserveNew(
        ServiceTransaction transaction, string key, string costCentre, Money euros)
    {
        var budget = transaction.Scalar("SELECT cents FROM budgets WHERE cost_centre = @0", -1L, costCentre);
        if (budget < 0)
        {
            return ReservationAnswer.UnknownCostCentre;
        }

        if (Reserved(transaction, costCentre) + euros.MinorUnits > budget)
        {
            return ReservationAnswer.Exhausted;
        }

        transaction.Execute(
            "INSERT INTO reservations (key, cost_centre, cents) VALUES (@0, @1, @2)",
            key,
            costCentre,
            euros.MinorUnits);
        return ReservationAnswer.Reserved;
    }

    private static long Reserved(ServiceTransaction transaction, string costCentre) => transaction.Scalar(
        "SELECT SUM(cents) FROM reservations WHERE cost_centre = @0 AND released = 0", 0L, costCentre);
}
