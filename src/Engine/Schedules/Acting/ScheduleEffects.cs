using System.Collections.Concurrent;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Starting;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Schedules.Inputs;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Schedules.Acting;

/// <summary>Carries out what schedules want done, and tells them what came of it.</summary>
internal sealed class ScheduleEffects(
    IExecutions executions,
    RunClosings closings,
    INamespaceDirectory namespaces,
    EngineLimits limits,
    TimeProvider time,
    ScheduleInstruments instruments) : IEntityEffects, IDisposable
{
    private readonly Persistent _persistent = new(executions, time);
    private readonly ConcurrentDictionary<(Guid Incarnation, long Sequence), ChainWatch> _watches = new();
    private readonly StartsInFlight _starts = new();
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
                Start(start.Schedule, start.Start);
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
        namespaces.TryFind(schedule.Key.Namespace, out var ns) ? ns.Name : "";

    private void Start(ScheduleState schedule, BufferedStart start)
    {
        _starts.Began(schedule.Key);
        if (!namespaces.TryFind(schedule.Key.Namespace, out var ns))
        {
            Tell(schedule, new RecordActionNotStarted(schedule.Key, schedule.Incarnation, start.Sequence, MayHelp: false));
            return;
        }

        var request = ActionRequests.Start(schedule, start, ns.Name);
        var refusal = ns.State == NamespaceState.Registered
            ? StartValidation.Check(request, ns, limits, Instant.From(time.GetUtcNow()))
            : Rejection.FailedPrecondition("Namespace has invalid state.");
        if (refusal is not null)
        {
            Settled(schedule, start, ns.Name, request.WorkflowId, new Outcome(null, refusal));
            return;
        }

        executions.Submit(
            new StartExecution(new WorkflowKey(ns.Id, request.WorkflowId), request),
            outcome => Settled(schedule, start, ns.Name, request.WorkflowId, outcome));
    }

    private void Settled(
        ScheduleState schedule, BufferedStart start, string nsName, string workflowId, Outcome outcome)
    {
        var now = Instant.From(time.GetUtcNow());
        if (outcome.Reply is StartedExecution started)
        {
            instruments.Started(nsName, start.IsManual ? null : now - start.Due);
            Tell(schedule, new RecordActionStarted(
                schedule.Key, schedule.Incarnation, start.Sequence, workflowId, RunId.Parse(started.FirstRunId), now));
            return;
        }

        instruments.NotStarted(nsName);
        Tell(schedule, new RecordActionNotStarted(
            schedule.Key, schedule.Incarnation, start.Sequence, Persistent.IsPassing(outcome)));
    }

    /// <summary>What is not heard, because the host must first reload, it asks for again.</summary>
    private void Tell(ScheduleState schedule, EntityInput<ScheduleState> input) =>
        _host!.Post(input, _ => _starts.Ended(schedule.Key));

    private void Watch(ScheduleState schedule, StartedAction action)
    {
        var id = (schedule.Incarnation, action.Sequence);
        var workflow = new WorkflowKey(schedule.Key.Namespace, action.WorkflowId);
        var watch = new ChainWatch(_persistent, closings, workflow, action.FirstRun, closed =>
        {
            _watches.TryRemove(id, out _);
            _host!.Post(
                new RecordActionClosed(schedule.Key, schedule.Incarnation, action.Sequence, closed), static _ => { });
        });

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

    private void End(ScheduleState schedule, StartedAction action)
    {
        if (!namespaces.TryFind(schedule.Key.Namespace, out var ns))
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
