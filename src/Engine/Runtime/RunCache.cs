using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Storage;

namespace AugmentedOS.Engine.Runtime;

/// <summary>
/// The runs that a shard has in memory: all that are hot, and the idle ones that were touched last. Touched by its shard
/// only.
/// </summary>
internal sealed class RunCache(IJournal journal, int maxIdle)
{
    private readonly Dictionary<RunKey, RunEntry> _runs = [];
    private readonly Dictionary<WorkflowKey, RunEntry> _current = [];
    private readonly LinkedList<RunEntry> _idle = [];
    private readonly Dictionary<RunKey, CommitMark> _deleting = [];

    /// <summary>A run that leaves memory while it is open.</summary>
    public event Action<RunEntry>? Evicted;

    /// <summary>The run, from memory or from the journal; null when there is none.</summary>
    public RunEntry? Find(WorkflowKey workflow, RunId? run)
    {
        if (run is { } id)
        {
            var key = new RunKey(workflow, id);
            return _runs.TryGetValue(key, out var known) ? known : Keep(journal.Load(workflow, id));
        }

        if (_current.TryGetValue(workflow, out var current))
        {
            return current;
        }

        if (Keep(journal.Load(workflow, null)) is not { } loaded)
        {
            return null;
        }

        _current[workflow] = loaded;
        return loaded;
    }

    /// <summary>All runs in memory.</summary>
    public IEnumerable<RunEntry> All => _runs.Values;

    /// <summary>A run if it is in memory.</summary>
    public RunEntry? Peek(RunKey run) => _runs.GetValueOrDefault(run);

    /// <summary>A run that is just being born: the current one of its workflow from now on.</summary>
    /// <param name="firstEventId">The first event that memory will have; those before it are in the journal.</param>
    public RunEntry Begin(RunState born, long lastSequence, long firstEventId)
    {
        var entry = new RunEntry(journal.NextRunNumber(), lastSequence, born, firstEventId);
        _runs.Add(entry.Key, entry);
        _current[entry.Key.Workflow] = entry;
        return entry;
    }

    /// <summary>Called after a run was used: decides whether it may leave memory, and lets the oldest idle ones go.</summary>
    public void Touched(RunEntry entry)
    {
        if (entry.IdleNode is { } node)
        {
            _idle.Remove(node);
            entry.IdleNode = null;
        }

        if (!entry.State.IsHot)
        {
            entry.IdleNode = _idle.AddLast(entry);
            Trim();
        }
    }

    /// <summary>A run that is deleted: gone at once, though the journal has it until that commit is durable.</summary>
    public void Forget(RunEntry entry, CommitMark deletion)
    {
        Remove(entry);
        _deleting[entry.Key] = deletion;
    }

    /// <summary>Drops everything: what is here may not be what is durable.</summary>
    public void Clear()
    {
        _runs.Clear();
        _current.Clear();
        _idle.Clear();
        _deleting.Clear();
    }

    private RunEntry? Keep(LoadedRun? loaded)
    {
        if (loaded is null || IsBeingDeleted(loaded.State.Key))
        {
            return null;
        }

        if (_runs.TryGetValue(loaded.State.Key, out var known))
        {
            return known;
        }

        var entry = new RunEntry(loaded.RunNumber, loaded.LastSequence, loaded.State, loaded.State.NextEventId);
        _runs.Add(entry.Key, entry);
        return entry;
    }

    private bool IsBeingDeleted(RunKey run)
    {
        if (!_deleting.TryGetValue(run, out var deletion))
        {
            return false;
        }

        if (deletion.IsDurable)
        {
            _deleting.Remove(run);
        }

        return true;
    }

    private void Trim()
    {
        // A run whose last transition is still on its way to disk must stay: the journal does not have it yet.
        while (_idle.Count > maxIdle && _idle.First is { Value: { IsDurable: true } oldest })
        {
            Remove(oldest);
            Evicted?.Invoke(oldest);
        }
    }

    private void Remove(RunEntry entry)
    {
        _runs.Remove(entry.Key);
        if (_current.TryGetValue(entry.Key.Workflow, out var current) && ReferenceEquals(current, entry))
        {
            _current.Remove(entry.Key.Workflow);
        }

        if (entry.IdleNode is { } node)
        {
            _idle.Remove(node);
            entry.IdleNode = null;
        }
    }
}
