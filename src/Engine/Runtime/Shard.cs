using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Deliveries;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Executions.Speculation;
using AugmentedOS.Engine.Executions.TimeSkipping;
using AugmentedOS.Engine.Executions.Updates;
using AugmentedOS.Engine.Executions.Versioning;
using AugmentedOS.Engine.Queries;
using AugmentedOS.Engine.Runtime.Instruments;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.TaskQueues;
using Temporalio.Api.Query.V1;

namespace AugmentedOS.Engine.Runtime;

/// <summary>
/// A single-threaded loop that owns the runs that hash to it: it decides, folds into memory, queues the transition for
/// the writer and goes on without waiting for the disk.
/// </summary>
internal sealed partial class Shard : IDisposable
{
    private const int MaxBatch = 256;
    private readonly ShardServices _services;
    private readonly Mailbox<IShardMessage> _mailbox;
    private readonly RunCache _runs;
    private readonly WakeUpQueue<RunKey> _wakeUps;
    private Instant _now;
    private Instant _horizon;
    private int _generation;
    private string? _stoppedBecause;

    public Shard(ShardServices services)
    {
        _services = services;
        _mailbox = new Mailbox<IShardMessage>(services.Scheduler, MaxBatch, Handle);
        _runs = new RunCache(services.Journal, services.MaxIdleRuns);
        _runs.Evicted += OnEvicted;
        _wakeUps = new WakeUpQueue<RunKey>(services.Time, () => _mailbox.Post(TimerWentOff.Instance));
    }

    /// <summary>From outside: refused when too much waits already.</summary>
    public void Submit(IShardMessage message)
    {
        if (_mailbox.Count >= _services.MaxWaitingInputs)
        {
            message.Refuse(Rejection.ResourceExhausted(
                Temporalio.Api.Enums.V1.ResourceExhaustedCause.SystemOverloaded,
                "The engine has more work than it can take right now. Try again.",
                Temporalio.Api.Enums.V1.ResourceExhaustedScope.System));
            return;
        }

        _mailbox.Post(message);
    }

    /// <summary>From the engine itself: never refused, or accepted work would be lost.</summary>
    public void Post(IShardMessage message) => _mailbox.Post(message);

    public void Dispose() => _wakeUps.Dispose();

    internal void Process(Input input, Action<Outcome> settled)
    {
        var entry = _runs.Find(input.Workflow, input.Run);
        var context = Context(entry);
        var decision = HistoryLimits.Enforce(LiveRun.Decide(input, entry?.Live, context), context);
        if (input is QueryRun asked && decision.Reply is QueryRoute.Buffered && Buffer(entry!, asked.Query) is { } full)
        {
            decision = Decision.Reject(full);
        }

        var completed = input as CompleteWorkflowTask;
        if (completed is not null && decision is { Change.After: var after, IsRejected: false })
        {
            _services.Effects.Instruments.Completed(after, completed.Request);
        }

        Carry(entry, decision, settled, context, completed?.Request.QueryResults);
        if (input is IUpdateInput { Waiter: { Waits: true } waiter } && decision.Reply is IUpdateReply reply)
        {
            Await(reply.Standing, waiter);
        }
    }

    internal void Start(TaskReference task, Poller poller)
    {
        var entry = _runs.Find(task.Run.Workflow, task.Run.Run);
        var context = Context(entry);
        var decision = entry is null
            ? Decision.Answer(StaleTask.Instance)
            : LiveRun.Decide(TaskStart.Of(task, poller, context), entry.Live, context);
        if (decision.Reply is StaleTask)
        {
            _services.Effects.Matcher.Return(poller);
            if (decision.Change is not null)
            {
                Carry(entry, decision, static _ => { }, context);
            }

            return;
        }

        Carry(entry, decision, poller.Complete, context);
    }

    internal void ExtendHorizon(Instant until) => _horizon = until;

    internal void Expect(RunKey run, Instant at)
    {
        if (_runs.Peek(run) is { } entry)
        {
            ScheduleWakeUp(entry);
        }
        else
        {
            _wakeUps.Add(run, at);
        }
    }

    /// <summary>Loads a run and takes up everything that its state says is pending.</summary>
    internal void Resume(RunKey run)
    {
        if (_runs.Find(run.Workflow, run.Run) is not { } entry)
        {
            return;
        }

        foreach (var task in PendingTasks.All(entry.State))
        {
            _services.Effects.Matcher.Add(task);
        }

        foreach (var delivery in PendingDeliveries.All(entry.State))
        {
            _services.Effects.Courier.Send(delivery);
        }

        foreach (var call in PendingNexusCalls.All(entry.State))
        {
            _services.Effects.Nexus.Begin(call);
        }

        ScheduleWakeUp(entry);
        NoteWork(entry);
        _runs.Touched(entry);
    }

    internal void Reload(int generation)
    {
        _generation = generation;
        FailWaiting();
        ForgetAllWork();
        _runs.Clear();
        _wakeUps.Clear();
    }

    internal void WakeUp()
    {
        _wakeUps.Disarmed();
        var context = Context();
        while (_wakeUps.TryTakeDue(context.Now, out var due))
        {
            if (_runs.Find(due.Target.Workflow, due.Target.Run) is not { } entry)
            {
                continue;
            }

            if (ReferenceEquals(entry.WakeUp, due))
            {
                entry.WakeUp = null;
            }

            var own = context.WithAhead(entry.State.Ahead);
            var decision = LiveRun.Decide(new FireDeadlines(due.Target), entry.Live, own);
            Carry(entry, HistoryLimits.Enforce(decision, own), static _ => { }, own);
            ScheduleWakeUp(entry);
        }
    }

    private void Handle(IReadOnlyList<IShardMessage> batch)
    {
        foreach (var message in batch)
        {
            if (_stoppedBecause is not null)
            {
                message.Refuse(Rejection.Unavailable(_stoppedBecause));
                continue;
            }

            try
            {
                message.Execute(this);
            }
            catch (JournalException exception)
            {
                LogReadFailed(_services.Logger, exception);
                message.Refuse(Rejection.Unavailable(
                    $"The engine cannot read its database right now: {exception.Message}"));
            }
#pragma warning disable CA1031 // A broken invariant can surface as any exception; nothing past it may be written.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Stop(message, exception);
            }
        }

        _wakeUps.Arm();
    }

    /// <summary>Turns a decision into a commit: facts into the journal, everything else into what happens after it.</summary>
    /// <param name="answers">To queries that went with a workflow task; null with any other input.</param>
    private void Carry(
        RunEntry? entry,
        Decision decision,
        Action<Outcome> settled,
        DecisionContext context,
        IDictionary<string, WorkflowQueryResult>? answers = null)
    {
        decision = TimeSkips.After(decision, context);
        var outcome = new Outcome(decision.Reply, decision.Rejection);
        if (decision.ChangesNothing)
        {
            // Query answers that came with it are a stale worker's: they know nothing of what happened since.
            ReplyWhenDurable(entry, outcome, settled);
            return;
        }

        if (decision.WritesNothing)
        {
            Hold(entry!, decision, outcome, settled, context, answers);
            return;
        }

        var commit = new TransitionCommit(_services.Effects) { Generation = _generation };
        commit.Trace(EngineTrace.Here, _services.Time);
        if (decision.Change is not null)
        {
            Advance(entry!, decision, commit, context, answers);
        }

        if (decision.OtherChange is { } other)
        {
            Advance(_runs.Peek(other.After.Key)!, Decision.Of(other, []), commit, context);
        }

        if (decision.NewRun is { } born)
        {
            var firstEventId = born.Copied?.State.NextEventId ?? 1;
            var begun = _runs.Begin(born.After, JournalSequence.First - 1, firstEventId);
            Advance(begun, Decision.Of(born, decision.NewRunUpdates), commit, context);
        }

        commit.Reply(settled, outcome with { Reply = WithEvents(outcome.Reply) });
        if (decision.Deletes)
        {
            Forget(entry!, commit);
        }

        _services.Commits.Enqueue(commit);
    }

    private void Advance(
        RunEntry entry,
        Decision decision,
        TransitionCommit commit,
        DecisionContext context,
        IDictionary<string, WorkflowQueryResult>? answers = null)
    {
        var before = decision.Change!.Before;
        entry.Tail.Append(decision.Drops ? [] : entry.Live.Held);
        entry.Tail.Append(decision.Change.Facts);
        NotePinned(decision.Change, commit);
        AdvanceQueries(entry, decision, commit, answers);
        commit.Deliver(PendingDeliveries.After(decision.Change));
        commit.Call(PendingNexusCalls.After(decision.Change));
        AdvanceUpdates(entry, decision, commit);
        decision = MatchTasks(entry, decision, commit, context);
        var (live, write) = entry.Live.Apply(decision);
        var written = before is null ? null : entry.Live.Written;
        var copied = CopiedEntries(entry, decision.Change!.Copied);
        var nextEventId = written?.NextEventId ?? decision.Change.Copied?.State.NextEventId ?? 1;
        entry.LastSequence = JournalSequence.Next(entry.LastSequence, nextEventId);
        commit.Add(new JournalEntry(
            entry.Number, entry.LastSequence, FactCodec.Encode(write!.Facts), written, live.Written)
        {
            Copied = copied,
        });
        commit.Measure(write);
        entry.Live = live;
        entry.LastCommit = commit.Mark;
        entry.Tail.SeenUntil(live.State.Sticky is null ? 1 : live.State.PreviousStartedEventId + 1);
        ScheduleWakeUp(entry);
        NoteWork(entry);
        _runs.Touched(entry);
    }

    private void NotePinned(RunChange change, TransitionCommit commit)
    {
        if (change.After.Versioning?.Override is { } decreed
            && VersioningOverrides.TargetOf(decreed) is { } target
            && VersioningOverrides.TargetOf(change.Before?.Versioning?.Override) != target)
        {
            TellPinned(change.After.Key.Namespace, target, commit);
        }
    }

    private void TellPinned(NamespaceId ns, DeploymentVersion target, TransitionCommit commit) =>
        commit.Afterwards(failure =>
        {
            if (failure is null)
            {
                _services.VersionPinned(ns, target);
            }
        });

    /// <summary>Where a poller waits already, its task is started in the same transition: one commit instead of two.</summary>
    private Decision MatchTasks(RunEntry entry, Decision decision, TransitionCommit commit, DecisionContext context)
    {
        foreach (var task in PendingTasks.After(decision.Change!))
        {
            if (!_services.Effects.Matcher.TryReserve(task, out var poller))
            {
                commit.Dispatch(task);
                continue;
            }

            if (TaskStart.MayMoveRun(task, poller))
            {
                // Its start may be the run's move to another version instead: that is a transition of its own.
                _services.Effects.Matcher.Return(poller);
                commit.Dispatch(task);
                continue;
            }

            var started = LiveRun.Decide(
                TaskStart.Of(task, poller, context), entry.Live.During(decision), context);
            if (started.Reply is StaleTask && PendingTasks.MayBeOverdue(decision.Change!))
            {
                // An activity whose time ran out while it waited: that is recorded next, and the poller waits on.
                _services.Effects.Matcher.Return(poller);
                continue;
            }

            if (started.Change is not { } more)
            {
                throw new InvalidOperationException($"{task} of {entry.Key} was scheduled and cannot be started.");
            }

            entry.Tail.Append(more.Facts);
            decision = decision.Then(started);
            commit.Give(poller, new Outcome(WithEvents(started.Reply), null));
        }

        return decision;
    }

    /// <summary>Puts the events that a workflow task's worker needs into the reply, where memory has them.</summary>
    private object? WithEvents(object? reply) => reply switch
    {
        StartedWorkflowTask started => WithEvents(started),
        CompletedWorkflowTask { Next: { } next } completed => completed with { Next = WithEvents(next) },
        StartedExecution { Eager: { } eager } execution => execution with { Eager = WithEvents(eager) },
        _ => reply,
    };

    private StartedWorkflowTask WithEvents(StartedWorkflowTask started) =>
        _runs.Peek(started.State.Key) is { } entry
            ? started with { Events = entry.Tail.From(started.FirstEventId), Queries = entry.Queries?.ForTask() }
            : started;

    private void ReplyWhenDurable(RunEntry? entry, Outcome outcome, Action<Outcome> settled)
    {
        if (entry is null or { IsDurable: true })
        {
            settled(outcome);
        }
        else
        {
            _services.Commits.Enqueue(new BarrierCommit(settled, outcome) { Generation = _generation });
        }

        if (entry is not null)
        {
            _runs.Touched(entry);
        }
    }

    private void Forget(RunEntry entry, TransitionCommit commit)
    {
        commit.Delete(entry.Key, entry.Number);
        CancelWakeUp(entry);
        ForgetWork(entry);
        var gone = Rejection.RunNotFound(entry.Key.Workflow, entry.Key.Run);
        if (entry.Queries?.Abandon(gone) is { } abandon)
        {
            commit.Afterwards(abandon);
        }

        if (entry.UpdateWaiters is { } waiters)
        {
            commit.Afterwards(failure => waiters.LoseAll(failure ?? gone));
        }

        _runs.Forget(entry, commit.Mark);
    }

    private void ScheduleWakeUp(RunEntry entry)
    {
        if (entry.State.WakesAt is not { } due)
        {
            CancelWakeUp(entry);
            return;
        }

        // An earlier look is planned already and will plan the next; what lies beyond the horizon is in the index,
        // unless the run is hot, which the index does not list. A clock that can be skipped would jump to it for nothing.
        var isPlanned = entry.WakeUp is { } planned && (_wakeUps.IsExact ? planned.At == due : planned.At <= due);
        if (!isPlanned && (due <= _horizon || entry.State.IsHot))
        {
            CancelWakeUp(entry);
            entry.WakeUp = _wakeUps.Add(entry.Key, due);
        }
    }

    private static void CancelWakeUp(RunEntry entry)
    {
        if (entry.WakeUp is { } planned)
        {
            planned.IsCancelled = true;
            entry.WakeUp = null;
        }
    }

    /// <summary>Leaves behind the one wake-up that an idle run needs, so that it is not loaded for nothing.</summary>
    private void OnEvicted(RunEntry entry)
    {
        CancelWakeUp(entry);
        ForgetWork(entry);
        entry.Queries?.FailAll(OutOfMemory);
        entry.UpdateWaiters?.LoseAll(UpdateRejections.Lost());
        if (entry.State.WakesAt is { } due && due <= _horizon)
        {
            _wakeUps.Add(entry.Key, due);
        }
    }

    /// <summary>Time as a run sees it; a run that is yet to be sees the engine's.</summary>
    private DecisionContext Context(RunEntry? entry) => Context().WithAhead(entry?.State.Ahead ?? TimeSpan.Zero);

    /// <summary>Time for a decision. It never goes back, also when the machine's clock does.</summary>
    private DecisionContext Context()
    {
        var now = Instant.From(_services.Time.GetUtcNow());
        _now = now > _now ? now : _now;
        return new DecisionContext(_now, _services.Ids, _services.Limits, _services.Namespaces)
        {
            Endpoints = _services.Endpoints,
            Versions = _services.Versions,
        };
    }
}
