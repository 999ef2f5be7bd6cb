using AugmentedOS.Workflows.Misuse;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Debouncing;

/// <summary>Lets at most so many items through in any time of a given length. For workflow code only: signal and update
/// handlers call <see cref="TryAdd"/>, the workflow's run awaits <see cref="NextAsync"/>.</summary>
public sealed class Throttle<T>
{
    private readonly ThrottleOptions _options;
    private readonly Queue<T> _items;
    private readonly Queue<DateTime> _passed;

    /// <summary>Begins empty, or with what was carried over continue-as-new.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The options make no sense.</exception>
    public Throttle(ThrottleOptions options, ThrottleState<T>? carried = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        _options = options;
        _items = new(carried?.Items ?? []);
        _passed = new(carried?.Passed ?? []);
        Dropped = carried?.Dropped ?? 0;
    }

    /// <summary>How many items wait.</summary>
    public int Count => _items.Count;

    /// <summary>How many items were refused or replaced by a later one.</summary>
    public long Dropped { get; private set; }

    /// <summary>What is held and remembered, for continue-as-new.</summary>
    public ThrottleState<T> State => new([.. _items], [.. _passed], Dropped);

    /// <summary>Takes an item.</summary>
    /// <returns>False when the queue is full: the item is not taken. Where only the latest is kept there is always
    /// room.</returns>
    public bool TryAdd(T item)
    {
        InWorkflow.Require("Throttle.TryAdd");
        if (_options.Overflow == ThrottleOverflow.KeepLatest)
        {
            Dropped += Count;
            _items.Clear();
        }
        else if (Count >= _options.Capacity)
        {
            Dropped++;
            return false;
        }

        _items.Enqueue(item);
        return true;
    }

    /// <summary>Waits for an item and until it may pass.</summary>
    /// <param name="cancellationToken">Ends the wait, with what is held still held; the workflow's own when
    /// null.</param>
    /// <exception cref="InvalidOperationException">Not inside a workflow.</exception>
    public async Task<T> NextAsync(CancellationToken? cancellationToken = null)
    {
        InWorkflow.Require("Throttle.NextAsync");
        await Workflow.WaitConditionAsync(() => Count > 0, cancellationToken);
        while (_passed.Count >= _options.Limit)
        {
            var wait = _passed.Peek() + _options.Period - Workflow.UtcNow;
            if (wait <= TimeSpan.Zero)
            {
                _passed.Dequeue();
                continue;
            }

            await Workflow.DelayAsync(wait, cancellationToken);
        }

        _passed.Enqueue(Workflow.UtcNow);
        return _items.Dequeue();
    }
}
