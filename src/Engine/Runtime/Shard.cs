using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Deliveries;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Executions.Speculation;
using AugmentedOS.Engine.Executions.Updates;
using AugmentedOS.Engine.Queries;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.TaskQueues;

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
        var context = Context(entry, input.Workflow.Namespace);
        var decision = HistoryLimits.Enforce(LiveRun.Decide(input, entry?.Live, context), context);
        if (input is QueryRun asked && decision.Reply is QueryRoute.Buffered && Buffer(entry!, asked.Query) is { } full)
        {
            decision = Decision.Reject(full);
        }

        _services.Effects.Instruments.Decided(input, entry?.Live, decision, context);
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
        var context = Context(entry, task.Run.Workflow.Namespace);
        var decision = entry is null ? Decision.Answer(StaleTask.Instance) : Start(task, poller, entry.Live, context);
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

    /// <summary>Gives a task of a run to a poller.</summary>
    private Decision Start(in TaskReference task, Poller poller, LiveRun live, DecisionContext context)
    {
        var input = TaskStart.Of(task, poller, context);
        var decision = LiveRun.Decide(input, live, context);
        _services.Effects.Instruments.Decided(input, live, decision, context);
        return decision;
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

    /// <summary>Time as a run sees it; a run that is yet to be sees the engine's.</summary>
    private DecisionContext Context(RunEntry? entry, NamespaceId ns) =>
        In(ns, Context()).WithAhead(entry?.State.Ahead ?? TimeSpan.Zero);

    /// <summary>The same with the limits of a namespace, where it has its own.</summary>
    private DecisionContext In(NamespaceId ns, DecisionContext context) =>
        !_services.Limits.OfNamespaces.IsEmpty && _services.Namespaces.TryFind(ns, out var known)
            ? context with { Limits = _services.Limits.In(known.Name) }
            : context;

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
