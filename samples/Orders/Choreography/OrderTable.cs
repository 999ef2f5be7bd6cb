using Microsoft.Data.Sqlite;

namespace AugmentedOS.Samples.Orders.Choreography;

/// <summary>The state table: a row for each order, read and written by every handler.</summary>
internal sealed class OrderTable(OrderDatabase database)
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS orders (
            id TEXT PRIMARY KEY, article TEXT NOT NULL, quantity INTEGER NOT NULL, amount TEXT NOT NULL,
            stage TEXT NOT NULL, status TEXT NOT NULL, ending TEXT, tracking TEXT) STRICT
        """;

    public OrderRow? Find(string orderId) => database.First("SELECT * FROM orders WHERE id = $1", Read, orderId);

    public OrderRow Get(string orderId) =>
        Find(orderId) ?? throw new KeyNotFoundException($"There is no order {orderId}.");

    public void Put(OrderRow row) => database.Execute(
        "INSERT OR REPLACE INTO orders VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        row.Order.Id, row.Order.Article, row.Order.Quantity, row.Order.Amount,
        $"{row.Stage}", $"{row.Status}", row.End?.ToString(), row.Tracking);

    private static OrderRow Read(SqliteDataReader row) => new(
        new(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetDecimal(3)),
        Enum.Parse<OrderStage>(row.GetString(4)),
        Enum.Parse<OrderStatus>(row.GetString(5)),
        row.IsDBNull(6) ? null : Enum.Parse<OrderStatus>(row.GetString(6)),
        row.IsDBNull(7) ? null : row.GetString(7));
}

/// <param name="Stage">What was last heard of the order.</param>
/// <param name="Status">What its customer sees.</param>
/// <param name="End">What it will have come to when all is undone; null while it is to be fulfilled.</param>
/// <param name="Tracking">The parcel's number, once it was sent.</param>
internal sealed record OrderRow(
    Order Order, OrderStage Stage, OrderStatus Status, OrderStatus? End = null, string? Tracking = null)
{
    public bool IsOpen => End is null && Tracking is null;
}

internal enum OrderStage
{
    Reserving,
    Charging,
    RequestingShipment,
    AwaitingShipment,
    CancellingShipment,
    Refunding,
    Releasing,
    Ended,
}
