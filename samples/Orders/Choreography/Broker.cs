namespace AugmentedOS.Samples.Orders.Choreography;

/// <summary>A message broker in memory, with a clock of its own: at least once, delayed delivery, and again after a while when a
/// handler fails. Stands for a real one; it is not counted in the comparison.</summary>
internal sealed class Broker
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    private readonly PriorityQueue<(OrderMessage Message, int Attempt), (TimeSpan At, long Number)> _waiting = new();
    private readonly List<Func<OrderMessage, IEnumerable<OrderMessage>>> _handlers = [];
    private long _number;

    public TimeSpan Now { get; private set; }

    /// <summary>Whether each message comes twice, as a broker may do.</summary>
    public bool DeliversTwice { get; set; }

    /// <summary>Handlers return what is to be sent; it is sent together with the handler's other effects, or not at all.</summary>
    public void Subscribe(Func<OrderMessage, IEnumerable<OrderMessage>> handler) => _handlers.Add(handler);

    public void Send(OrderMessage message, TimeSpan delay = default)
    {
        Enqueue(message, 1, delay);
        if (DeliversTwice)
        {
            Enqueue(message, 1, delay);
        }
    }

    /// <summary>Delivers all that is due until then.</summary>
    public void RunUntil(TimeSpan end)
    {
        while (_waiting.TryPeek(out _, out var due) && due.At <= end)
        {
            Step();
        }

        Now = end;
    }

    /// <summary>Delivers the next message, whenever it is due.</summary>
    /// <returns>False when there is none.</returns>
    public bool Step()
    {
        if (!_waiting.TryDequeue(out var next, out var due))
        {
            return false;
        }

        Now = due.At > Now ? due.At : Now;
        try
        {
            foreach (var sent in _handlers.SelectMany(handler => handler(next.Message).ToList()).ToList())
            {
                Send(sent);
            }
        }
        catch (InvalidOperationException)
        {
            // A service is down: the message comes again, later each time.
            Enqueue(next.Message, next.Attempt + 1, FirstPause * Math.Min(Math.Pow(2, next.Attempt - 1), 60));
        }

        return true;
    }

    private void Enqueue(OrderMessage message, int attempt, TimeSpan delay) =>
        _waiting.Enqueue((message, attempt), (Now + delay, _number++));
}
