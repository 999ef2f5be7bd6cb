using AugmentedOS.Workflows.Misuse;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Debouncing;

/// <summary>Collects items until things have been quiet for a time, then hands them over together. For workflow code
/// only: signal and update handlers call <see cref="Add"/>, the workflow's run awaits
/// <see cref="NextAsync"/>.</summary>
/// <remarks>An item costs no timer: one timer runs for each quiet time that passes, not for each item.</remarks>
public sealed class Debouncer<T>
{
    private readonly DebounceOptions _options;
    private List<T> _items = [];
    private DateTime _firstAt;
    private DateTime _lastAt;

    /// <summary>Begins empty, or with what was carried over continue-as-new.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The options make no sense.</exception>
    public Debouncer(DebounceOptions options, DebouncerState<T>? carried = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        _options = options;
        if (carried is not null)
        {
            (_items, _firstAt, _lastAt) = ([.. carried.Items], carried.FirstAt, carried.LastAt);
        }
    }

    /// <summary>How many items wait.</summary>
    public int Count => _items.Count;

    /// <summary>What is held, for continue-as-new; null when nothing is.</summary>
    public DebouncerState<T>? State => Count == 0 ? null : new([.. _items], _firstAt, _lastAt);

    /// <summary>Takes an item and begins the quiet time anew.</summary>
    /// <exception cref="InvalidOperationException">Not inside a workflow.</exception>
    public void Add(T item)
    {
        InWorkflow.Require("Debouncer.Add");
        _lastAt = Workflow.UtcNow;
        if (Count == 0)
        {
            _firstAt = _lastAt;
        }

        _items.Add(item);
    }

    /// <summary>Waits for a first item and then until it is quiet; gives all items since, in the order they
    /// came.</summary>
    /// <param name="cancellationToken">Ends the wait, with what is held still held; the workflow's own when
    /// null.</param>
    /// <exception cref="InvalidOperationException">Not inside a workflow.</exception>
    public async Task<IReadOnlyList<T>> NextAsync(CancellationToken? cancellationToken = null)
    {
        InWorkflow.Require("Debouncer.NextAsync");
        await Workflow.WaitConditionAsync(() => Count > 0, cancellationToken);
        while (Count < _options.MaxItems && DueAt - Workflow.UtcNow is var wait && wait > TimeSpan.Zero)
        {
            await Workflow.WaitConditionAsync(() => Count >= _options.MaxItems, wait, cancellationToken);
        }

        var items = _items;
        _items = [];
        return items;
    }

    private DateTime DueAt
    {
        get
        {
            var (quiet, latest) = (_lastAt + _options.Quiet, _firstAt + _options.AtLatest);
            return quiet < latest ? quiet : latest;
        }
    }
}
