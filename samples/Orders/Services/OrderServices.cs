namespace AugmentedOS.Samples.Orders.Services;

/// <summary>The services that an order needs, as stand-ins that keep a ledger of what really happened. Each operation
/// is idempotent for one order, as services that are called at least once have to be.</summary>
internal sealed class OrderServices
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _stock = [];
    private readonly Dictionary<string, int> _failures = [];
    private readonly Dictionary<string, int> _lostAnswers = [];
    private readonly HashSet<string> _done = [];
    private readonly List<string> _ledger = [];

    /// <summary>Everything that happened, once each: <c>charge 4711</c>.</summary>
    public IReadOnlyList<string> Ledger
    {
        get
        {
            lock (_gate)
            {
                return [.. _ledger];
            }
        }
    }

    public bool DeclinesPayments { get; set; }

    public int Stock(string article)
    {
        lock (_gate)
        {
            return _stock.GetValueOrDefault(article);
        }
    }

    public void Fill(string article, int quantity)
    {
        lock (_gate)
        {
            _stock[article] = quantity;
        }
    }

    /// <summary>Has the next calls of an operation fail as a service does that is down.</summary>
    public void FailNext(string operation, int times)
    {
        lock (_gate)
        {
            _failures[operation] = times;
        }
    }

    /// <summary>Has the next calls of an operation do their work and fail all the same, as when a connection
    /// breaks.</summary>
    public void LoseAnswers(string operation, int times)
    {
        lock (_gate)
        {
            _lostAnswers[operation] = times;
        }
    }

    public bool Has(string entry) => Ledger.Contains(entry);

    public void Reserve(Order order) => Do("reserve", order.Id, () =>
    {
        if (_stock.GetValueOrDefault(order.Article) < order.Quantity)
        {
            throw new RefusedException("out-of-stock");
        }

        _stock[order.Article] -= order.Quantity;
    });

    public void Release(Order order) =>
        Undo("reserve", "release", order.Id, () => _stock[order.Article] += order.Quantity);

    public void Charge(Order order) => Do("charge", order.Id, () =>
    {
        if (DeclinesPayments)
        {
            throw new RefusedException("declined");
        }
    });

    public void Refund(Order order) => Undo("charge", "refund", order.Id, () => { });

    public void RequestShipment(Order order) => Do("request-shipment", order.Id, () => { });

    public void CancelShipment(Order order) => Undo("request-shipment", "cancel-shipment", order.Id, () => { });

    /// <summary>Tells the customer or the staff something; the same thing once for each order.</summary>
    public void Notify(string orderId, string what) => Do($"notify-{what}", orderId, () => { });

    private void Undo(string operation, string undo, string orderId, Action act)
    {
        lock (_gate)
        {
            if (_done.Contains($"{operation} {orderId}"))
            {
                Do(undo, orderId, act);
            }
        }
    }

    private void Do(string operation, string orderId, Action act)
    {
        lock (_gate)
        {
            ThrowIfLeft(_failures, operation);
            if (!_done.Contains($"{operation} {orderId}"))
            {
                act();
                _done.Add($"{operation} {orderId}");
                _ledger.Add($"{operation} {orderId}");
            }

            ThrowIfLeft(_lostAnswers, operation);
        }
    }

    private static void ThrowIfLeft(Dictionary<string, int> counts, string operation)
    {
        if (counts.GetValueOrDefault(operation) is > 0 and var left)
        {
            counts[operation] = left - 1;
            throw new ServiceDownException(operation);
        }
    }
}
