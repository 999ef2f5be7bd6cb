namespace AugmentedOS.Engine.TaskQueues;

/// <summary>Waiting pollers, first come first served. The links are in the pollers: waiting and leaving allocate
/// nothing and cost the same however many wait. Guarded by its queue's lock.</summary>
internal sealed class PollerList
{
    private Poller? _last;

    public int Count { get; private set; }

    public Poller? First { get; private set; }

    public void Append(Poller poller)
    {
        poller.Place = this;
        poller.Previous = _last;
        poller.Next = null;
        if (_last is null)
        {
            First = poller;
        }
        else
        {
            _last.Next = poller;
        }

        _last = poller;
        Count++;
    }

    /// <summary>Puts a poller back to the front, where one that was reserved in vain came from.</summary>
    public void Prepend(Poller poller)
    {
        poller.Place = this;
        poller.Previous = null;
        poller.Next = First;
        if (First is null)
        {
            _last = poller;
        }
        else
        {
            First.Previous = poller;
        }

        First = poller;
        Count++;
    }

    /// <summary>Takes a poller out. Nothing happens when it is not in.</summary>
    public void Remove(Poller poller)
    {
        if (poller.Place != this)
        {
            return;
        }

        if (poller.Previous is { } previous)
        {
            previous.Next = poller.Next;
        }
        else
        {
            First = poller.Next;
        }

        if (poller.Next is { } next)
        {
            next.Previous = poller.Previous;
        }
        else
        {
            _last = poller.Previous;
        }

        poller.Place = null;
        poller.Previous = null;
        poller.Next = null;
        Count--;
    }
}
