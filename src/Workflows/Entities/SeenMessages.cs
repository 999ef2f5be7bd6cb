namespace AugmentedOS.Workflows.Entities;

/// <summary>The ids of the last messages; the oldest is forgotten first.</summary>
internal sealed class SeenMessages
{
    private readonly int _capacity;
    private readonly Queue<string> _order = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public SeenMessages(int capacity, IEnumerable<string> ids)
    {
        _capacity = capacity;
        foreach (var id in ids)
        {
            Add(id);
        }
    }

    public IReadOnlyList<string> InOrder => [.. _order];

    public bool Contains(string id) => _ids.Contains(id);

    public void Add(string id)
    {
        _order.Enqueue(id);
        _ids.Add(id);
        while (_order.Count > _capacity)
        {
            _ids.Remove(_order.Dequeue());
        }
    }
}
