using System.Diagnostics;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Deliveries;
using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Runtime.Instruments;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.TaskQueues;

namespace AugmentedOS.Engine.Runtime;

/// <summary>One transition on its way to disk, with all that the world learns once it is there.</summary>
internal sealed class TransitionCommit(Effects effects) : CommitItem, IJournalWrite
{
    private readonly List<JournalEntry> _entries = new(1);
    private IReadOnlyList<NexusCall> _calls = [];

    // Most transitions have none or one of each.
    private List<TaskReference>? _tasks;
    private List<Delivery>? _deliveries;
    private List<(Poller Poller, Outcome Outcome)>? _pollers;
    private List<Action<Rejection?>>? _afterwards;
    private (Action<Outcome> Settled, Outcome Outcome)? _reply;
    private Deletion? _deletion;
    private List<RunChange>? _measured;
    private Span? _trace;

    public override IJournalWrite? Write => this;

    public void Add(JournalEntry entry) => _entries.Add(entry);

    /// <summary>Counts what happened when it is durable, if anybody looks.</summary>
    public void Measure(RunChange change)
    {
        if (effects.Instruments.IsWatched)
        {
            (_measured ??= new(1)).Add(change);
        }
    }

    /// <summary>Tells of the commit when it is durable, if anybody listens to the span that it was decided in.</summary>
    public void Trace(ActivityContext decided, TimeProvider time)
    {
        if (decided != default)
        {
            _trace = new Span(decided, time.GetUtcNow());
        }
    }

    public void Dispatch(in TaskReference task) => (_tasks ??= new(1)).Add(task);

    public void Deliver(IReadOnlyList<Delivery> deliveries)
    {
        if (deliveries.Count > 0)
        {
            (_deliveries ??= []).AddRange(deliveries);
        }
    }

    /// <summary>Requests to Nexus handlers and to those who wait for a run's end.</summary>
    public void Call(IReadOnlyList<NexusCall> calls) => _calls = _calls.Count == 0 ? calls : [.. _calls, .. calls];

    public void Give(Poller poller, Outcome outcome) => (_pollers ??= new(1)).Add((poller, outcome));

    public void Reply(Action<Outcome> settled, Outcome outcome) => _reply = (settled, outcome);

    public void Delete(RunKey run, long number) => _deletion = new Deletion(run, number);

    /// <summary>Anything else that waits for the outcome: null when durable, else why not.</summary>
    public void Afterwards(Action<Rejection?> settled) => (_afterwards ??= new(1)).Add(settled);

    public void WriteTo(IJournalTransaction transaction)
    {
        foreach (var entry in _entries)
        {
            transaction.Append(entry);
        }

        if (_deletion is { } deletion)
        {
            transaction.Delete(deletion.Run, deletion.Number);
        }
    }

    protected override void OnDurable()
    {
        // Pollers first: a worker that waits for its task is the longest path of every workflow.
        foreach (var (poller, outcome) in _pollers ?? [])
        {
            poller.Complete(outcome);
        }

        foreach (var task in _tasks ?? [])
        {
            effects.Matcher.Add(task);
        }

        _reply?.Settled(_reply.Value.Outcome);
        foreach (var entry in _entries)
        {
            effects.History.Publish(entry.After.Key);
            if (entry.After.IsClosed && entry.Before is not { IsClosed: true })
            {
                effects.Closings.Publish(entry.After.Key.Workflow);
            }
        }

        foreach (var delivery in _deliveries ?? [])
        {
            effects.Courier.Send(delivery);
        }

        foreach (var call in _calls)
        {
            effects.Nexus.Begin(call);
        }

        foreach (var settled in _afterwards ?? [])
        {
            settled(null);
        }

        _measured?.ForEach(effects.Instruments.Happened);
        if (_trace is { } trace)
        {
            EngineTrace.Committed(trace.Decided, trace.Began, (_pollers ?? []).Select(pair => pair.Poller));
        }
    }

    protected override void OnFailed(Rejection failure)
    {
        var outcome = new Outcome(null, failure);
        foreach (var (poller, _) in _pollers ?? [])
        {
            poller.Complete(outcome);
        }

        _reply?.Settled(outcome);
        foreach (var settled in _afterwards ?? [])
        {
            settled(failure);
        }
    }

    // Apart from the commit, which hardly ever has one.
    private sealed record Deletion(RunKey Run, long Number);

    private sealed record Span(ActivityContext Decided, DateTimeOffset Began);
}
