using System.Collections.Immutable;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Commands;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Folding;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Resetting;
using AugmentedOS.Engine.Executions.Speculation;
using AugmentedOS.Engine.Executions.TimeSkipping;
using AugmentedOS.Engine.Executions.Updates;
using AugmentedOS.Engine.Executions.Versioning;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Nexus.Endpoints;
using AugmentedOS.Engine.Storage;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Executions.Kit;

/// <summary>
/// A decision test that reads as a transcript: given a past, when an input arrives, then these events and nothing else.
/// </summary>
/// <remarks>
/// <code>
/// Given(WorkflowStarted(), WorkflowTaskScheduled(), WorkflowTaskStarted(), WorkflowTaskCompleted(), TimerStarted("t"))
///     .When(new TerminateExecution(…), at: 5.Seconds())
///     .Then(WorkflowExecutionTerminated(a => a.Reason = "enough"))
///     .AndNothingElse();
/// </code>
/// Times are spans since <see cref="Start"/>. After each step the invariants of a run's state are checked, and that
/// folding the facts gives the state that the decision came to. A failure prints the run's whole history.
/// </remarks>
internal sealed partial class Scenario
{
    private readonly List<HistoryEvent> _history = [];
    private LiveRun? _live;
    private RunChange? _written;
    private Instant _now = Start;
    private Decision? _decision;
    private string _input = "nothing yet";
    private RunKey _key = Key;

    /// <summary>When every scenario begins.</summary>
    public static Instant Start { get; } = Instant.From(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>The run that <see cref="Given(Step[])"/> is about.</summary>
    public static RunKey Key { get; } = new(
        new WorkflowKey(FixedNamespaces.Default.Id, "workflow"), new RunId(SequentialIds.Nth(1_000_000)));

    public EngineLimits Limits { get; set; } = EngineLimits.Default;

    public INamespaceDirectory Namespaces { get; set; } = new FixedNamespaces();

    public IIdSource Ids { get; private init; } = new SequentialIds();

    public Instant Now => _now;

    public INexusEndpoints Endpoints { get; set; } = NoNexusEndpoints.Instance;

    /// <summary>What decisions are told of worker versions.</summary>
    public IVersionDirectory Versions { get; set; } = NoVersions.Instance;

    public DecisionContext Context =>
        new(_now, Ids, Limits, Namespaces) { Endpoints = Endpoints, Versions = Versions };

    /// <summary>The state after all so far, what only memory has included.</summary>
    public RunState State => _live?.State ?? throw Failure("There is no run yet.");

    /// <summary>The run with all that memory has of it.</summary>
    public LiveRun Live => _live ?? throw Failure("There is no run yet.");

    /// <summary>The decision on the last input.</summary>
    public Decision Decision => _decision ?? throw Failure("Nothing was decided yet.");

    /// <summary>The events that are in history.</summary>
    public IReadOnlyList<HistoryEvent> History => _history;

    public static Scenario Given(params Step[] steps) => new Scenario().And(steps);

    /// <summary>A past under other limits than the default ones.</summary>
    public static Scenario Given(EngineLimits limits, params Step[] steps) =>
        new Scenario { Limits = limits }.And(steps);

    /// <summary>More past.</summary>
    public Scenario And(params Step[] steps)
    {
        foreach (var step in steps)
        {
            step.Apply(this);
        }

        return this;
    }

    public Scenario Wait(TimeSpan span)
    {
        _now += span;
        return this;
    }

    /// <summary>An input arrives.</summary>
    /// <param name="at">When, since <see cref="Start"/>; now when left out.</param>
    public Scenario When(Input input, TimeSpan? at = null)
    {
        _now = at is { } offset ? Start + offset : _now;
        _input = input.ToString();
        var context = Context.WithAhead(_live?.State.Ahead ?? TimeSpan.Zero);
        return Settle(TimeSkips.After(LiveRun.Decide(input, _live, context), context));
    }

    /// <summary>An input arrives that is made from the state it meets.</summary>
    public Scenario When(Func<RunState, Input> make, TimeSpan? at = null) => When(make(State), at);

    /// <summary>A part of a decision is tried on its own.</summary>
    public Scenario WhenDrafted(Action<Draft> work, TimeSpan? at = null)
    {
        _now = at is { } offset ? Start + offset : _now;
        _input = "a draft";
        var draft = new Draft(State, Context with { Live = _live });
        work(draft);
        return Settle(Decision.Accept(draft, Done.Instance));
    }

    /// <summary>The started workflow task completes with these commands; the first failure stops them and is kept in
    /// <see cref="CommandFailure"/>. A unit of its own, without the rest of what a completion does.</summary>
    public Scenario WhenCommands(params Command[] commands) => WhenDrafted(draft =>
    {
        var task = draft.State.Task!;
        var completed = draft.Record(EventType.WorkflowTaskCompleted, e => e.WorkflowTaskCompletedEventAttributes =
            new WorkflowTaskCompletedEventAttributes
            {
                ScheduledEventId = task.ScheduledEventId,
                StartedEventId = task.StartedEventId,
            });
        Batch = new CommandBatch(draft, completed.EventId, "worker");
        CommandFailure = commands.Select(c => CommandDispatch.Apply(Batch, c)).FirstOrDefault(f => f is not null);
        BufferedEvents.Flush(draft);
    });

    /// <summary>What the last <see cref="WhenCommands"/> was refused for.</summary>
    public CommandFailure? CommandFailure { get; private set; }

    /// <summary>The batch of the last <see cref="WhenCommands"/>.</summary>
    public CommandBatch? Batch { get; private set; }

    /// <summary>Time goes by, and everything that comes due meanwhile happens, each at its moment. What <c>Then</c> sees
    /// is the last of it.</summary>
    public Scenario WhenElapsed(TimeSpan span)
    {
        var until = _now + span;
        while (State.WakesAt is { } due && due <= until)
        {
            _now = due > _now ? due : _now;
            When(new FireDeadlines(State.Key));
        }

        _now = until;
        return this;
    }

    /// <summary>Somebody goes back to an event of the run, whose history so far is all that there is.</summary>
    public Scenario WhenReset(long eventId, Action<ResetWorkflowExecutionRequest>? set = null, TimeSpan? at = null)
    {
        _now = at is { } offset ? Start + offset : _now;
        var reset = Resets.Of(this, eventId, set);
        _input = reset.Request.ToString();
        return Settle(reset.Decide(State, State, [], Context));
    }

    internal void Record(HistoryEvent happened)
    {
        var recorded = happened.Clone();
        recorded.EventTime ??= _now.ToTimestamp();
        recorded.EventId = _live?.State.NextEventId ?? 1;
        if (_live is null)
        {
            var birth = new RunStarted(recorded, "start-request");
            Begin(new RunChange(null, Fold.Begin(_key, birth), [birth]), []);
            return;
        }

        EventWiring.FillIn(recorded, _live.State);
        Emit(new EventRecorded(recorded));
    }

    internal void Emit(Fact fact)
    {
        var draft = new Draft(State, Context);
        draft.Emit(fact);
        Advance(Decision.Accept(draft, Done.Instance));
    }

    private Scenario Settle(Decision decision)
    {
        _decision = decision;
        _written = null;
        if (_live is not null)
        {
            Advance(decision);
        }
        else if (decision.NewRun is { } born)
        {
            Begin(born, decision.NewRunUpdates);
        }

        return this;
    }

    private void Begin(RunChange born, ImmutableList<InFlightUpdate> updates)
    {
        _key = born.After.Key;
        _live = LiveRun.Of(Fold.EndTransition(born.After)) with { Updates = updates };
        Keep(born.Copied?.State, born);
    }

    private void Advance(Decision decision)
    {
        var before = Live.Written;
        (_live, var written) = Live.Apply(decision);
        if (written is not null)
        {
            Keep(before, written);
        }

        var held = Live.Held.Aggregate(Live.Written, Fold.Apply);
        if (StateComparison.Difference(held, Live.State) is { } difference)
        {
            throw Failure($"What is held back does not lead to the state in memory: {difference}");
        }
    }

    /// <summary>The journal has it now.</summary>
    private void Keep(RunState? before, RunChange written)
    {
        _written = written;
        _history.AddRange(RecordedIn(written));
        var folded = Fold.Transition(before, _key, written.Facts);
        if (StateComparison.Difference(folded, Live.Written) is { } difference)
        {
            throw Failure($"The facts do not fold to the state that was decided on: {difference}");
        }

        if (StateInvariants.Violation(folded) is { } violation)
        {
            throw Failure($"The state is broken: {violation}");
        }
    }

    /// <summary>The journal has the copies of another run's facts.</summary>
    private void Copy(CopiedHistory? copied)
    {
        RunState? state = null;
        foreach (var row in copied?.Rows ?? [])
        {
            var facts = FactCodec.Decode(row.Facts.Span);
            state = Fold.Transition(state, copied!.State.Key, facts);
            _history.AddRange(facts.Select(fact => fact is RunStarted birth ? birth.Event : ((EventRecorded)fact).Event));
        }

        if (copied is not null && StateComparison.Difference(state!, copied.State) is { } difference)
        {
            throw Failure($"What was copied does not fold to the state that it came with: {difference}");
        }
    }

    private static IEnumerable<HistoryEvent> RecordedIn(RunChange? change) =>
        change?.Facts.Select(fact => fact switch
        {
            RunStarted started => started.Event,
            EventRecorded recorded => recorded.Event,
            BufferedEventRecorded flushed => flushed.Event,
            _ => null,
        }).OfType<HistoryEvent>() ?? [];
}
