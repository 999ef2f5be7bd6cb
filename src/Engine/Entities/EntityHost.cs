using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.Storage.Codecs;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Entities;

/// <summary>
/// A single-threaded loop that owns all entities of one kind: it decides, changes them in memory, queues the new state
/// for the writer and goes on without waiting for the disk. All of them are in memory.
/// </summary>
internal sealed partial class EntityHost<TState> : IEntityHost
    where TState : class, IEntityState
{
    private const int MaxBatch = 256;
    private readonly EntityType<TState> _type;
    private readonly EntityServices _services;
    private readonly IEntityEffects _effects;
    private readonly Mailbox<EntityMessage<TState>> _mailbox;
    private readonly Dictionary<EntityKey, EntityEntry> _entries = [];
    private readonly Dictionary<EntityKey, TState> _states = [];
    private readonly WakeUpQueue<EntityKey> _wakeUps;
    private readonly ITimer _loadAgain;
    private CommitMark? _lastDeletion;
    private Instant _now;
    private int _generation;
    private bool _isLoaded;
    private string? _stoppedBecause;

    public EntityHost(EntityType<TState> type, EntityServices services, IEntityEffects effects)
    {
        _type = type;
        _services = services;
        _effects = effects;
        _mailbox = new Mailbox<EntityMessage<TState>>(services.Scheduler, MaxBatch, Handle);
        _wakeUps = new WakeUpQueue<EntityKey>(
            services.Time, () => _mailbox.Post(new EntityMessage<TState>.TimerWentOff()));
        _loadAgain = services.Time.CreateTimer(
            _ => _mailbox.Post(new EntityMessage<TState>.Load()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public EntityKind Kind => _type.Kind;

    /// <summary>From outside: refused when too much waits already.</summary>
    /// <param name="settled">Called once, on an unspecified thread, after everything the outcome rests on is durable; it
    /// must not block.</param>
    public void Submit(EntityInput<TState> input, Action<Outcome> settled)
    {
        if (_mailbox.Count >= _services.MaxWaitingInputs)
        {
            settled(new Outcome(null, Rejection.ResourceExhausted(
                ResourceExhaustedCause.SystemOverloaded,
                "The engine has more work than it can take right now. Try again.",
                ResourceExhaustedScope.System)));
            return;
        }

        Post(input, settled);
    }

    /// <summary>From the engine itself: never refused for want of room, or accepted work would be lost.</summary>
    public void Post(EntityInput<TState> input, Action<Outcome> settled) =>
        _mailbox.Post(new EntityMessage<TState>.Submit(input, settled));

    public void Start() => _mailbox.Post(new EntityMessage<TState>.Load());

    public void Reload(int generation) => _mailbox.Post(new EntityMessage<TState>.Reload(generation));

    public void Stop(Action stopped) => _mailbox.Post(new EntityMessage<TState>.Stop(stopped));

    public void RemoveAll(NamespaceId ns) => _mailbox.Post(new EntityMessage<TState>.RemoveAll(ns));

    public void Dispose()
    {
        _wakeUps.Dispose();
        _loadAgain.Dispose();
    }

    internal void Process(EntityInput<TState> input, Action<Outcome> settled)
    {
        var state = _states.GetValueOrDefault(input.Key);
        var decision = input.Decide(state, Context());
        var outcome = new Outcome(decision.Reply, decision.Rejection);
        if (decision.After is { } after)
        {
            Save(input.Key, state, after, settled, outcome);
        }
        else if (decision.Deletes && state is not null)
        {
            Delete(input.Key, state, settled, outcome);
        }
        else
        {
            ReplyWhenDurable(input.Key, settled, outcome);
        }
    }

    internal void WakeUp()
    {
        _wakeUps.Disarmed();
        var now = Context().Now;

        // All that are due first, each once: one that has a lot to catch up on must not keep the others waiting.
        var due = new List<EntityEntry>();
        while (_wakeUps.TryTakeDue(now, out var wakeUp))
        {
            due.Add(_entries[wakeUp.Target]);
        }

        foreach (var entry in due)
        {
            entry.WakeUp = null;
            WakeUp(entry.Key);
        }
    }

    internal void Remove(NamespaceId ns)
    {
        foreach (var key in _states.Keys.Where(key => key.Namespace == ns).ToList())
        {
            Delete(key, _states[key], static _ => { }, new Outcome(Done.Instance, null));
        }
    }

    private void WakeUp(EntityKey key)
    {
        var before = _states[key].WakeAt;
        if (_type.WakeUp(key) is not { } input)
        {
            throw new InvalidOperationException($"{key} has a wake-up, and its type has none.");
        }

        Process(input, static _ => { });
        if (_states.TryGetValue(key, out var after) && after.WakeAt == before)
        {
            throw new InvalidOperationException($"{key} woke up at {before} and wants to do so again.");
        }
    }

    private void Save(EntityKey key, TState? before, TState after, Action<Outcome> settled, Outcome outcome)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            entry = new EntityEntry(key, _services.Journal.NextRunNumber());
            _entries.Add(key, entry);
        }

        _states[key] = after;
        var isFoundAsBefore = before is not null && _type.IsFoundAlike(before, after);
        var row = new EntityRow(
            key,
            entry.Number,
            _type.Version,
            Encode(after),
            after.WakeAt,
            before is null || isFoundAsBefore ? NoAttributes : _type.SearchAttributesOf(before),
            isFoundAsBefore ? NoAttributes : _type.SearchAttributesOf(after));
        entry.LastCommit = Enqueue(row, key, before, after, settled, outcome);
        ScheduleWakeUp(entry, after.WakeAt);
    }

    private void Delete(EntityKey key, TState before, Action<Outcome> settled, Outcome outcome)
    {
        var entry = _entries[key];
        CancelWakeUp(entry);
        _entries.Remove(key);
        _states.Remove(key);
        var row = new EntityRow(
            key, entry.Number, _type.Version, null, null, _type.SearchAttributesOf(before), NoAttributes);
        _lastDeletion = Enqueue(row, key, before, null, settled, outcome);
    }

    private CommitMark Enqueue(
        EntityRow row, EntityKey key, TState? before, TState? after, Action<Outcome> settled, Outcome outcome)
    {
        var commit = new EntityCommit(row, _effects, [.. _type.After(key, before, after)], settled, outcome)
        {
            Generation = _generation,
        };
        _services.Commits.Enqueue(commit);
        return commit.Mark;
    }

    private void ReplyWhenDurable(EntityKey key, Action<Outcome> settled, Outcome outcome)
    {
        if (_entries.TryGetValue(key, out var entry) ? entry.IsDurable : IsNothingOnItsWayOut)
        {
            settled(outcome);
        }
        else
        {
            _services.Commits.Enqueue(new BarrierCommit(settled, outcome) { Generation = _generation });
        }
    }

    /// <summary>Whether what is not here is durably not there.</summary>
    private bool IsNothingOnItsWayOut => _lastDeletion is null or { IsDurable: true };

    private byte[] Encode(TState state)
    {
        var sink = ByteSink.OfThisThread();
        _type.Encode(state, sink);
        return sink.Detach();
    }

    private void ScheduleWakeUp(EntityEntry entry, Instant? at)
    {
        if (entry.WakeUp?.At == at)
        {
            return;
        }

        CancelWakeUp(entry);
        entry.WakeUp = at is { } due ? _wakeUps.Add(entry.Key, due) : null;
    }

    private static void CancelWakeUp(EntityEntry entry)
    {
        if (entry.WakeUp is { } planned)
        {
            planned.IsCancelled = true;
            entry.WakeUp = null;
        }
    }

    /// <summary>Time for a decision. It never goes back, also when the machine's clock does.</summary>
    private EntityContext<TState> Context()
    {
        var now = Instant.From(_services.Time.GetUtcNow());
        _now = now > _now ? now : _now;
        return new EntityContext<TState>(
            new DecisionContext(_now, _services.Ids, _services.Limits, _services.Namespaces), _states);
    }
}
