using System.Collections.Concurrent;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Starting;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Schedules.Inputs;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Schedules.Acting;

/// <summary>Carries out what schedules want done, and tells them what came of it.</summary>
internal sealed class ScheduleEffects(
    IExecutions executions,
    RunClosings closings,
    EntityServices services,
    ScheduleInstruments instruments) : IEntityEffects, IDisposable
{
    private readonly Persistent _persistent = new(executions, services.Time);
    private readonly ConcurrentDictionary<(Guid Incarnation, long Sequence), ChainWatch> _watches = new();
    private readonly ConcurrentDictionary<(Guid Incarnation, long Sequence), bool> _starting = new();
    private readonly StartsInFlight _starts = new();
    private readonly StartPace _pace = new(services.Limits.ScheduledStartsPerSecond, services.Time);
    private EntityHost<ScheduleState>? _host;

    /// <summary>Where what came of it is told. Once, before the host starts.</summary>
    public void Connect(EntityHost<ScheduleState> host) => _host = host;

    /// <summary>Completes when no start of a schedule is under way that was when this was called.</summary>
    public Task StartsSettled(EntityKey schedule) => _starts.Settled(schedule);

    public void Carry(EntityEffect effect)
    {
        switch (effect)
        {
            case StartAction start:
                Start(start);
                break;
            case WatchAction watch:
                Watch(watch.Schedule, watch.Action);
                break;
            case EndAction end:
                End(end.Schedule, end.Action);
                break;
            case CountLeftUndone left:
                instruments.LeftUndone(NameOf(left.Schedule), left.Before, left.Schedule.Counters);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(effect));
        }
    }

    public void Dispose()
    {
        _persistent.Dispose();
        foreach (var watch in _watches.Values)
        {
            watch.Dispose();
        }
    }

    private string NameOf(ScheduleState schedule) =>
        services.Namespaces.TryFind(schedule.Key.Namespace, out var ns) ? ns.Name : "";

    private void Start(StartAction effect)
    {
        var (schedule, start) = (effect.Schedule, effect.Start);
        if (!_starting.TryAdd((schedule.Incarnation, start.Sequence), true))
        {
            // Asked for again after a failed commit, while the answer to the first is still to come: two might each tell
            // half of the story.
            return;
        }

        if (_pace.Reserve(schedule.Key.Namespace) is { Ticks: > 0 } wait)
        {
            _persistent.Later(wait, () => BeginIfWanted(effect));
        }
        else
        {
            Begin(effect);
        }
    }

    /// <summary>After a wait: the schedule may have been deleted meanwhile.</summary>
    private void BeginIfWanted(StartAction effect)
    {
        var (key, incarnation, sequence) = (effect.Schedule.Key, effect.Schedule.Incarnation, effect.Start.Sequence);
        var isWanted = new ReadEntity<ScheduleState>(
            key,
            (state, _) => state.Incarnation == incarnation && state.Buffer.Any(start => start.Sequence == sequence),
            ScheduleRejections.NotFound);
        _host!.Post(isWanted, outcome =>
        {
            if (outcome.Reply is true)
            {
                Begin(effect);
            }
            else if (Persistent.IsPassing(outcome))
            {
                _persistent.Later(() => BeginIfWanted(effect));
            }
            else
            {
                _starting.TryRemove((incarnation, sequence), out _);
            }
        });
    }

    private void Begin(StartAction effect)
    {
        var (schedule, start) = (effect.Schedule, effect.Start);
        _starts.Began(schedule.Key);
        if (!services.Namespaces.TryFind(schedule.Key.Namespace, out var ns))
        {
            NotStarted(effect, "", mayHelp: false);
            return;
        }

        var request = ActionRequests.Start(schedule, start, ns.Name);
        var workflow = new WorkflowKey(ns.Id, request.WorkflowId);
        if (effect.MayHaveStarted)
        {
            UnlessStarted(effect, ns.Name, workflow, request.RequestId, () => Start(effect, ns, request));
        }
        else
        {
            Start(effect, ns, request);
        }
    }

    /// <summary>Looks whether it was started already: an answer that got lost in a failed commit or in a crash is found
    /// again, whatever became of the run since.</summary>
    private void UnlessStarted(
        StartAction effect, string nsName, WorkflowKey workflow, string requestId, Action otherwise) =>
        new EarlierStart(services.Journal, _persistent, services.Scheduler, workflow, requestId, run =>
        {
            if (run is { } first)
            {
                Started(effect.Schedule, effect.Start, nsName, workflow.WorkflowId, first);
            }
            else
            {
                otherwise();
            }
        }).Begin();

    private void Start(StartAction effect, NamespaceInfo ns, StartWorkflowExecutionRequest request)
    {
        var workflow = new WorkflowKey(ns.Id, request.WorkflowId);
        var refusal = ns.State == NamespaceState.Registered
            ? StartValidation.Check(request, ns, services.Limits, Instant.From(services.Time.GetUtcNow()))
            : Rejection.FailedPrecondition("Namespace has invalid state.");
        if (refusal is not null)
        {
            NotStarted(effect, ns.Name, mayHelp: false);
            return;
        }

        executions.Submit(
            new StartExecution(workflow, request), outcome => Settled(effect, ns.Name, workflow, request.RequestId, outcome));
    }

    private void Settled(
        StartAction effect, string nsName, WorkflowKey workflow, string requestId, Outcome outcome)
    {
        if (outcome.Reply is StartedExecution started)
        {
            Started(effect.Schedule, effect.Start, nsName, workflow.WorkflowId, RunId.Parse(started.FirstRunId));
        }
        else if (Persistent.IsPassing(outcome))
        {
            NotStarted(effect, nsName, mayHelp: true);
        }
        else
        {
            // It may be refused because it was started: by an earlier try of this very action.
            UnlessStarted(effect, nsName, workflow, requestId, () => NotStarted(effect, nsName, mayHelp: false));
        }
    }

    private void NotStarted(StartAction effect, string nsName, bool mayHelp)
    {
        instruments.NotStarted(nsName);
        var schedule = effect.Schedule;
        Tell(schedule, effect.Start, new RecordActionNotStarted(
            schedule.Key, schedule.Incarnation, effect.Start.Sequence, mayHelp));
    }

    private void Started(ScheduleState schedule, BufferedStart start, string nsName, string workflowId, RunId first)
    {
        var now = Instant.From(services.Time.GetUtcNow());
        instruments.Started(nsName, start.IsManual ? null : now - start.Due);
        Tell(schedule, start, new RecordActionStarted(
            schedule.Key, schedule.Incarnation, start.Sequence, workflowId, first, now));
    }

    /// <summary>What the host cannot take, because it must first reload, it is told again.</summary>
    private void Tell(ScheduleState schedule, BufferedStart start, EntityInput<ScheduleState> input) =>
        _host!.Post(input, outcome =>
        {
            if (Persistent.IsPassing(outcome))
            {
                _persistent.Later(() => Tell(schedule, start, input));
                return;
            }

            _starting.TryRemove((schedule.Incarnation, start.Sequence), out _);
            _starts.Ended(schedule.Key);
        });

    private void Watch(ScheduleState schedule, StartedAction action)
    {
        // A watch may wait for long, and there may be many: it keeps the schedule's name, and not all that it was then.
        var (key, id) = (schedule.Key, (schedule.Incarnation, action.Sequence));
        var workflow = new WorkflowKey(key.Namespace, action.WorkflowId);
        var watch = NewWatch(key, id, workflow, action.FirstRun);

        // One that is watched already is watched once; one that has ended meanwhile has told.
        if (!_watches.TryAdd(id, watch))
        {
            watch.Dispose();
        }
        else if (watch.IsOver)
        {
            _watches.TryRemove(id, out _);
        }
    }

    private ChainWatch NewWatch(
        EntityKey key, (Guid Incarnation, long Sequence) id, WorkflowKey workflow, RunId first) =>
        new(_persistent, closings, workflow, first, closed =>
        {
            _watches.TryRemove(id, out _);
            TellEnd(new RecordActionClosed(key, id.Incarnation, id.Sequence, closed));
        });

    private void TellEnd(RecordActionClosed closed) => _host!.Post(closed, outcome =>
    {
        if (Persistent.IsPassing(outcome))
        {
            _persistent.Later(() => TellEnd(closed));
        }
    });

    private void End(ScheduleState schedule, StartedAction action)
    {
        if (!services.Namespaces.TryFind(schedule.Key.Namespace, out var ns))
        {
            return;
        }

        var workflow = new WorkflowKey(schedule.Key.Namespace, action.WorkflowId);
        Func<Input> input = action.Ending == ActionEnding.Terminate
            ? () => new TerminateExecution(workflow, null, ActionRequests.Terminate(schedule, action, ns.Name))
            : () => new RequestCancelExecution(workflow, null, ActionRequests.Cancel(schedule, action, ns.Name));

        // Whether it arrived or was too late, the watch will tell of the end.
        _persistent.Submit(input, static _ => { });
    }
}
