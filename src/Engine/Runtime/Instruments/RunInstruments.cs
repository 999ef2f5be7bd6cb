using System.Diagnostics.Metrics;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Speculation;
using AugmentedOS.Engine.Namespaces;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Runtime.Instruments;

/// <summary>What operators watch of runs, under the names that a Temporal server's dashboards and alerts know. Taken from
/// what became durable, so that nothing is counted that never happened. Thread-safe.</summary>
internal sealed class RunInstruments : IDisposable
{
    private readonly Meter _meter;
    private readonly INamespaceDirectory? _namespaces;
    private readonly Counter<long> _events;
    private readonly Counter<long> _commands;
    private readonly Counter<long> _emptyCompletions;
    private readonly Histogram<long> _transitions;
    private readonly CompletionInstruments _completions;
    private readonly WorkflowTaskInstruments _workflowTasks;
    private readonly ActivityInstruments _activities;
    private readonly UpdateInstruments _updates;
    private readonly StartInstruments _starts;

    /// <param name="factory">Where the host collects meters; null outside a host.</param>
    /// <param name="namespaces">Gives ids their names.</param>
    public RunInstruments(IMeterFactory? factory = null, INamespaceDirectory? namespaces = null)
    {
        const string name = "AugmentedOS.Engine.Executions";
        _namespaces = namespaces;
        _meter = factory?.Create(new MeterOptions(name)) ?? new Meter(name);
        _events = _meter.CreateCounter<long>("history_events", description: "Events written, by type.");
        _commands = _meter.CreateCounter<long>("command", description: "Commands of workflows carried out, by type.");
        _emptyCompletions = _meter.CreateCounter<long>(
            "empty_completion_commands", description: "Workflow tasks completed without a command.");
        _transitions =
            _meter.CreateHistogram("state_transition_count", null, "Transitions of the run so far.", null, Counts);
        _completions = new CompletionInstruments(_meter);
        _workflowTasks = new WorkflowTaskInstruments(_meter);
        _activities = new ActivityInstruments(_meter);
        _updates = new UpdateInstruments(_meter);
        _starts = new StartInstruments(_meter);
    }

    /// <summary>Buckets for numbers of things: 1 to a million.</summary>
    public static InstrumentAdvice<long> Counts { get; } = new()
    {
        HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000, 1_000_000],
    };

    /// <summary>Whether anybody looks: measuring costs nothing otherwise.</summary>
    public bool IsWatched => _events.Enabled;

    /// <summary>A transition of a run became durable.</summary>
    public void Happened(RunChange change)
    {
        var scope = ScopeOf(change.After);
        _transitions.Record(change.After.Transitions, scope.Namespace);
        foreach (var fact in change.Facts)
        {
            if (EventOf(fact) is { } happened)
            {
                _events.Add(1, new("event_type", happened.EventType.ToString()), scope.Namespace);
                Happened(happened, change, scope);
            }
            else
            {
                Happened(fact, change, scope);
            }
        }
    }

    /// <summary>A worker's commands were carried out.</summary>
    public void Completed(RunState state, RespondWorkflowTaskCompletedRequest request)
    {
        if (!IsWatched)
        {
            return;
        }

        var scope = ScopeOf(state);
        if (request.Commands.Count == 0)
        {
            _emptyCompletions.Add(1, scope.Namespace);
        }

        foreach (var command in request.Commands)
        {
            _commands.Add(1, new("commandType", command.CommandType.ToString()), scope.Namespace);
        }
    }

    /// <summary>Something was decided: what updates and speculative tasks came to, of which history may say nothing.</summary>
    public void Decided(Input input, LiveRun? live, Decision decision, DecisionContext context)
    {
        if (!IsWatched || !UpdateInstruments.IsAbout(input, live))
        {
            return;
        }

        if ((live?.State ?? decision.NewRun?.After ?? decision.Change?.After) is { } state)
        {
            _updates.Decided(input, live, decision, context, ScopeOf(state));
        }
    }

    /// <summary>A run leaves memory, and with it the updates that no worker has answered.</summary>
    public void Lost(LiveRun live)
    {
        if (IsWatched && !live.Updates.IsEmpty)
        {
            _updates.Lost(live.Updates.Count, ScopeOf(live.State));
        }
    }

    public void Dispose() => _meter.Dispose();

    private void Happened(HistoryEvent happened, RunChange change, RunScope scope)
    {
        switch (happened.EventType)
        {
            case EventType.WorkflowTaskStarted:
                _starts.WorkflowTask(Instant.From(happened.EventTime), change, scope);
                break;
            case EventType.WorkflowTaskCompleted or EventType.WorkflowTaskFailed or EventType.WorkflowTaskTimedOut:
                _workflowTasks.Ended(happened, change.After, scope);
                break;
            case EventType.ActivityTaskCompleted or EventType.ActivityTaskFailed or EventType.ActivityTaskTimedOut
                or EventType.ActivityTaskCanceled:
                _activities.Ended(happened, change, scope);
                break;
            default:
                if (ReferenceEquals(happened, change.After.CloseEvent) && !change.After.IsStandalone)
                {
                    _completions.Closed(happened, change.After, scope);
                }

                break;
        }
    }

    private void Happened(Fact fact, RunChange change, RunScope scope)
    {
        switch (fact)
        {
            case TransientTaskStarted started:
                _starts.WorkflowTask(started.At, change, scope);
                break;
            case ActivityAttemptStarted started:
                _starts.ActivityTask(started, change, scope);
                break;
            case TransientTaskScheduled transient:
                _workflowTasks.Retried(transient, scope);
                break;
            case ActivityRetryScheduled retry:
                _activities.Retried(retry, change, scope);
                break;
            default:
                break;
        }
    }

    private RunScope ScopeOf(RunState state) => new(
        _namespaces is not null && _namespaces.TryFind(state.Key.Namespace, out var known) ? known.Name : "_unknown_",
        state.Started.WorkflowType?.Name ?? "");

    private static HistoryEvent? EventOf(Fact fact) => fact switch
    {
        RunStarted started => started.Event,
        EventRecorded recorded => recorded.Event,
        BufferedEventRecorded buffered => buffered.Event,
        _ => null,
    };
}
