using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Folding;
using AugmentedOS.Engine.Executions.Resetting;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>
/// The facts of a decision in the making, and the state they lead to so far. Drop it and nothing happened.
/// </summary>
internal sealed class Draft
{
    private readonly RunState? _before;
    private readonly CopiedHistory? _copied;
    private readonly List<Fact> _facts = [];

    /// <summary>Facts about an existing run.</summary>
    public Draft(RunState state, DecisionContext context)
    {
        _before = state;
        State = state;
        Context = context;
    }

    private Draft(RunState born, Fact birth, DecisionContext context)
    {
        State = born;
        Context = context;
        _facts.Add(birth);
    }

    private Draft(CopiedHistory copied, DecisionContext context)
    {
        _copied = copied;
        State = copied.State;
        Context = context;
    }

    public RunState State { get; private set; }

    public DecisionContext Context { get; }

    public Instant Now => Context.Now;

    /// <summary>A run that starts in the same transition: the next of a chain, or the one that replaces this one.</summary>
    public Draft? Successor { get; set; }

    public bool IsEmpty => _facts.Count == 0;

    /// <summary>The first fact of a new run.</summary>
    public static Draft Begin(RunKey key, HistoryEvent started, string requestId, DecisionContext context)
    {
        started.EventId = 1;
        started.EventTime = context.Now.ToTimestamp();
        started.EventType = EventType.WorkflowExecutionStarted;
        var birth = new RunStarted(started, requestId);
        return new Draft(Fold.Begin(key, birth), birth, context);
    }

    /// <summary>A run that begins with a copy of another one's history.</summary>
    public static Draft Fork(CopiedHistory copied, RunForked forked, DecisionContext context)
    {
        var draft = new Draft(copied, context);
        draft.Emit(forked);
        return draft;
    }

    /// <summary>The events that entered history so far.</summary>
    public IEnumerable<HistoryEvent> Recorded() => _facts.Select(fact => fact switch
    {
        EventRecorded recorded => recorded.Event,
        BufferedEventRecorded recorded => recorded.Event,
        _ => null,
    }).OfType<HistoryEvent>();

    public void Emit(Fact fact)
    {
        State = Fold.Apply(State, fact);
        _facts.Add(fact);
    }

    /// <summary>Writes an event into history now: workflow task events, what commands cause, and closing events.</summary>
    /// <param name="fill">Sets the attributes (and links or user metadata); id, time and type are set here.</param>
    public HistoryEvent Record(EventType type, Action<HistoryEvent> fill) => Record(type, Now, fill);

    /// <inheritdoc cref="Record(EventType, Action{HistoryEvent})"/>
    /// <param name="at">When it happened, where that is not now (an activity's start is written when it ends).</param>
    public HistoryEvent Record(EventType type, Instant at, Action<HistoryEvent> fill)
    {
        var happened = Create(type, at, fill);
        happened.EventId = State.NextEventId;
        Emit(new EventRecorded(happened));
        return happened;
    }

    /// <summary>Writes an event that comes from outside the workflow: into history, or into the buffer while a
    /// workflow task is started.</summary>
    public HistoryEvent RecordOrBuffer(EventType type, Action<HistoryEvent> fill) => RecordOrBuffer(type, Now, fill);

    /// <inheritdoc cref="RecordOrBuffer(EventType, Action{HistoryEvent})"/>
    public HistoryEvent RecordOrBuffer(EventType type, Instant at, Action<HistoryEvent> fill)
    {
        if (State.Task is not { IsStarted: true })
        {
            return Record(type, at, fill);
        }

        var happened = Create(type, at, fill);
        Emit(new EventBuffered(happened));
        return happened;
    }

    public RunChange? ToChange() => IsEmpty ? null : new RunChange(_before, State, _facts) { Copied = _copied };

    private static HistoryEvent Create(EventType type, Instant at, Action<HistoryEvent> fill)
    {
        var happened = new HistoryEvent { EventType = type, EventTime = at.ToTimestamp() };
        fill(happened);
        return happened;
    }
}
