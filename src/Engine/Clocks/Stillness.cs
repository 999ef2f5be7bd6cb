namespace AugmentedOS.Engine.Clocks;

/// <summary>Counts what is under way, to tell when time may be skipped. Thread-safe.</summary>
/// <remarks>
/// What sets something else going does so before it ends itself: the count falls to zero only when all of a chain of
/// work is done, commits and what they set free included.
/// </remarks>
internal sealed class Stillness(TimeProvider machine)
{
    private readonly Lock _gate = new();
    private int _underWay;
    private HeldWork _held;
    private long _stillSince = machine.GetTimestamp();

    /// <summary>Nothing is under way any more, or what is held has changed. Called on any thread, perhaps under locks.</summary>
    public event Action? Changed;

    /// <summary>How long nothing has been under way; null while something is.</summary>
    public TimeSpan? StillFor
    {
        get
        {
            lock (_gate)
            {
                return _underWay > 0 ? null : machine.GetElapsedTime(_stillSince);
            }
        }
    }

    /// <summary>What workers have, or should have.</summary>
    public HeldWork Held
    {
        get
        {
            lock (_gate)
            {
                return _held;
            }
        }
    }

    public void Enter()
    {
        lock (_gate)
        {
            _underWay++;
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            if (--_underWay > 0)
            {
                return;
            }

            if (_underWay < 0)
            {
                throw new InvalidOperationException("Work ended that had not begun.");
            }

            _stillSince = machine.GetTimestamp();
        }

        Changed?.Invoke();
    }

    /// <summary>What a run holds has changed. Its shard calls this while it is at work, so that nobody is told twice.</summary>
    public void Shift(HeldWork from, HeldWork to)
    {
        lock (_gate)
        {
            _held = _held - from + to;
        }
    }
}
