namespace AugmentedOS.Engine.Batch.Running;

/// <summary>What is being worked on, in order: says up to where all is done, though the ends come in any order.</summary>
internal sealed class BatchWindow(long position)
{
    private readonly Queue<Item> _items = [];

    /// <summary>Everything up to this one is done.</summary>
    public long Position { get; private set; } = position;

    /// <summary>Since the last <see cref="Take"/>, up to <see cref="Position"/>.</summary>
    public long Succeeded { get; private set; }

    public long Failed { get; private set; }

    public bool IsEmpty => _items.Count == 0;

    public bool HasProgress => Succeeded + Failed > 0;

    public Item Begin(long at)
    {
        var item = new Item(at);
        _items.Enqueue(item);
        return item;
    }

    public void End(Item item, bool isSuccess)
    {
        item.IsSuccess = isSuccess;
        while (_items.TryPeek(out var first) && first.IsSuccess is { } done)
        {
            _items.Dequeue();
            Position = first.Position;
            (Succeeded, Failed) = done ? (Succeeded + 1, Failed) : (Succeeded, Failed + 1);
        }
    }

    /// <summary>The counts, which begin anew.</summary>
    public (long Succeeded, long Failed) Take()
    {
        var taken = (Succeeded, Failed);
        (Succeeded, Failed) = (0, 0);
        return taken;
    }

    internal sealed class Item(long position)
    {
        public long Position { get; } = position;

        /// <summary>Null while it is not done.</summary>
        public bool? IsSuccess { get; set; }
    }
}
