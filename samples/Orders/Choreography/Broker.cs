using System.Text.Json;
using AugmentedOS.Samples.Orders.Services;

namespace AugmentedOS.Samples.Orders.Choreography;

/// <summary>A message broker in the database of the state table: at least once, delayed delivery, and again after a
/// while when a handler fails. Stands for a real one; it is not counted in the comparison.</summary>
internal sealed class Broker(OrderDatabase database, BrokerClock clock)
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS messages (
            number INTEGER PRIMARY KEY AUTOINCREMENT, subscriber TEXT NOT NULL, due INTEGER NOT NULL,
            attempt INTEGER NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL) STRICT
        """;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    private readonly OrderedDictionary<string, Func<OrderMessage, IEnumerable<OrderMessage>>> _subscribers = [];

    /// <summary>Whether each message comes twice, as a broker may do.</summary>
    public bool DeliversTwice { get; init; }

    /// <summary>Each subscriber has a copy of each message, in the order in which they are added.</summary>
    /// <param name="handler">Returns what is to be sent: in one transaction with what it wrote, or not at all.</param>
    public void Subscribe(string name, Func<OrderMessage, IEnumerable<OrderMessage>> handler) =>
        _subscribers.Add(name, handler);

    public void Send(OrderMessage message, TimeSpan delay = default)
    {
        for (var copies = DeliversTwice ? 2 : 1; copies > 0; copies--)
        {
            foreach (var subscriber in _subscribers.Keys)
            {
                database.Execute(
                    "INSERT INTO messages (subscriber, due, attempt, kind, body) VALUES ($1, $2, 1, $3, $4)",
                    subscriber,
                    (clock.Now + delay).Ticks,
                    message.GetType().FullName,
                    JsonSerializer.Serialize(message, message.GetType()));
            }
        }
    }

    /// <summary>Delivers all that is due until then.</summary>
    public void RunUntil(TimeSpan end)
    {
        while (Next() is { } next && next.Due <= end)
        {
            Deliver(next);
        }

        clock.Now = end;
    }

    /// <summary>Delivers the next message, whenever it is due.</summary>
    /// <returns>False when there is none.</returns>
    public bool Step()
    {
        if (Next() is not { } next)
        {
            return false;
        }

        Deliver(next);
        return true;
    }

    private Waiting? Next() => database.First(
        "SELECT number, subscriber, due, attempt, kind, body FROM messages ORDER BY due, number LIMIT 1",
        row => new Waiting(
            row.GetInt64(0),
            row.GetString(1),
            TimeSpan.FromTicks(row.GetInt64(2)),
            row.GetInt32(3),
            (OrderMessage)JsonSerializer.Deserialize(
                row.GetString(5), Type.GetType(row.GetString(4), throwOnError: true)!)!));

    private void Deliver(Waiting next)
    {
        clock.Now = next.Due > clock.Now ? next.Due : clock.Now;
        try
        {
            database.InTransaction(() =>
            {
                database.Execute("DELETE FROM messages WHERE number = $1", next.Number);
                foreach (var sent in _subscribers[next.Subscriber](next.Message))
                {
                    Send(sent);
                }
            });
        }
        catch (ServiceDownException)
        {
            // What the handler wrote is rolled back, and the message comes again, later each time.
            var pause = FirstPause * Math.Min(Math.Pow(2, next.Attempt - 1), 60);
            database.Execute(
                "UPDATE messages SET due = $2, attempt = attempt + 1 WHERE number = $1",
                next.Number,
                (clock.Now + pause).Ticks);
        }
    }

    private sealed record Waiting(long Number, string Subscriber, TimeSpan Due, int Attempt, OrderMessage Message);
}
