using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Deliveries;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Folding;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Microsoft.Extensions.Time.Testing;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Executions.Deliveries;

/// <summary>
/// Several runs in memory and the real courier between them. Inputs wait until the test lets them through: in order, in
/// another order, refused for now, or lost in a crash that leaves nothing but the states.
/// </summary>
internal sealed partial class World : IExecutions, IDisposable
{
    /// <summary>Far more than any chain of messages between the few runs of a test is long.</summary>
    private const int RoundsToSettle = 100;

    private readonly Dictionary<RunKey, RunState> _runs = [];
    private readonly Dictionary<RunKey, List<HistoryEvent>> _histories = [];
    private readonly Dictionary<WorkflowKey, RunKey> _current = [];
    private readonly List<(Input Input, Action<Outcome> Settled)> _waiting = [];
    private readonly FakeTimeProvider _time = new(Scenario.Start.ToDateTimeOffset());
    private readonly SequentialIds _ids = new();
    private readonly FixedNamespaces _namespaces = new();
    private Courier _courier;

    public World() => _courier = new Courier(this, _time);

    /// <summary>Called with every change before anybody learns of it.</summary>
    public Action<RunChange>? Watch { get; set; }

    public EngineLimits Limits { get; init; } = EngineLimits.Default;

    /// <summary>All runs there ever were, in the order of their start.</summary>
    public IEnumerable<RunState> Runs => _histories.Keys.Select(key => _runs[key]);

    public int Waiting => _waiting.Count;

    public Instant Now => Instant.From(_time.GetUtcNow());

    public static WorkflowKey Id(string workflowId) => new(FixedNamespaces.Default.Id, workflowId);

    public RunState Current(string workflowId) => _runs[_current[Id(workflowId)]];

    public bool Knows(string workflowId) => _current.ContainsKey(Id(workflowId));

    public RunState State(RunKey run) => _runs[run];

    public IReadOnlyList<HistoryEvent> History(RunKey run) => _histories[run];

    /// <summary>The event types of a workflow's current run, without its workflow tasks.</summary>
    public string Story(string workflowId) => string.Join(", ", History(Current(workflowId).Key)
        .Where(e => !e.EventType.ToString().StartsWith("WorkflowTask", StringComparison.Ordinal))
        .Select(e => e.EventType));

    public void Submit(Input input, Action<Outcome> settled) => _waiting.Add((input, settled));

    public void Dispose() => _courier.Dispose();

    /// <summary>Lets the waiting input of that place through.</summary>
    public void Deliver(int place)
    {
        var (input, settled) = _waiting[place];
        _waiting.RemoveAt(place);
        Process(input, settled);
    }

    /// <summary>Answers the waiting input of that place as an overloaded or reloading engine does.</summary>
    public void Refuse(int place)
    {
        var settled = _waiting[place].Settled;
        _waiting.RemoveAt(place);
        settled(new Outcome(null, Rejection.Unavailable("reloading")));
    }

    /// <summary>Sends again whatever that run still has to tell, beside what is under way.</summary>
    public void SendAgain(RunState state)
    {
        foreach (var delivery in PendingDeliveries.All(state))
        {
            _courier.Send(delivery);
        }
    }

    /// <summary>Everything under way is lost; the states are not.</summary>
    public void Crash()
    {
        _courier.Dispose();
        _waiting.Clear();
        _courier = new Courier(this, _time);
        foreach (var state in Runs.Where(run => run.IsHot).ToList())
        {
            SendAgain(state);
        }
    }

    /// <summary>Lets everything through, in order, and waits out what was put off; not what is put off until a worker
    /// has answered.</summary>
    public World Settle()
    {
        var isQuiet = TrySettle();
        Assert.True(isQuiet, $"Still on its way: {string.Join(", ", _waiting.Select(waiting => waiting.Input))}");
        return this;
    }

    /// <summary>As <see cref="Settle"/>; false when something is put off again and again: to signal a workflow that is
    /// about to close, for one, is not possible before a worker has answered its task.</summary>
    public bool TrySettle()
    {
        for (var round = 0; round < RoundsToSettle; round++)
        {
            while (_waiting.Count > 0)
            {
                Deliver(0);
            }

            _time.Advance(10.Seconds());
            if (_waiting.Count == 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Time goes by, and what comes due of all runs happens.</summary>
    public World Elapse(TimeSpan span)
    {
        _time.Advance(span);
        foreach (var run in Runs.Where(r => r.NextDeadline is { } due && due.At <= Now).ToList())
        {
            Process(new FireDeadlines(run.Key), _ => { });
        }

        return this;
    }

    public Outcome Do(Input input)
    {
        Outcome? outcome = null;
        Process(input, settled => outcome = settled);
        return outcome!.Value;
    }

    public World Start(string workflowId, Action<StartWorkflowExecutionRequest>? set = null)
    {
        var request = new StartWorkflowExecutionRequest
        {
            Namespace = "default",
            WorkflowId = workflowId,
            WorkflowType = new WorkflowType { Name = "Workflow" },
            TaskQueue = new TaskQueue { Name = "queue" },
        };
        set?.Invoke(request);
        Do(new StartExecution(Id(workflowId), request));
        return this;
    }

    /// <summary>A worker takes the workflow's task.</summary>
    public World Take(string workflowId)
    {
        Take(Current(workflowId));
        return this;
    }

    public void Take(RunState state) => Do(new StartWorkflowTask(
        state.Key, state.Task!.ScheduledEventId, state.Task.Attempt, "queue", "worker", "poll"));

    /// <summary>A worker answers the workflow's task, taking it first if nobody has.</summary>
    public World Answer(string workflowId, params Command[] commands)
    {
        if (Current(workflowId).Task is { IsStarted: false })
        {
            Take(workflowId);
        }

        Answer(Current(workflowId), commands);
        return this;
    }

    public Outcome Answer(RunState state, params Command[] commands)
    {
        var request = new RespondWorkflowTaskCompletedRequest { Namespace = "default", Identity = "worker" };
        request.Commands.AddRange(commands);
        return Do(new CompleteWorkflowTask(state.Key, WorkflowTaskReference.Of(state.Task!), request));
    }

    private void Process(Input input, Action<Outcome> settled)
    {
        var context = new DecisionContext(Now, _ids, Limits, _namespaces);
        var state = Find(input);
        Carry(state, HistoryLimits.Enforce(input.Decide(state, context), context), settled);
    }

    private void Carry(RunState? state, Decision decision, Action<Outcome> settled)
    {
        var deliveries = new List<Delivery>();
        foreach (var change in new[] { decision.OtherChange, decision.Change, decision.NewRun }.OfType<RunChange>())
        {
            Apply(change);
            deliveries.AddRange(PendingDeliveries.After(change));
        }

        if (decision.Deletes)
        {
            Delete(state!.Key);
        }

        settled(new Outcome(decision.Reply, decision.Rejection));
        deliveries.ForEach(_courier.Send);
    }

    private void Delete(RunKey run)
    {
        _runs.Remove(run);
        _histories.Remove(run);
        if (_current[run.Workflow] == run)
        {
            _current.Remove(run.Workflow);
        }
    }

    private RunState? Find(Input input)
    {
        if (input.Run is { } run)
        {
            return _runs.GetValueOrDefault(new RunKey(input.Workflow, run));
        }

        return _current.TryGetValue(input.Workflow, out var current) ? _runs[current] : null;
    }

    private void Apply(RunChange change)
    {
        Watch?.Invoke(change);
        var key = change.After.Key;
        if (change.Before is null)
        {
            _current[key.Workflow] = key;
            _histories.Add(key, Copied(change));
        }

        var folded = Fold.Transition(change.Before ?? change.Copied?.State, key, change.Facts);
        var difference = StateComparison.Difference(folded, Fold.EndTransition(change.After));
        Assert.True(difference is null, $"{key} folds to another state: {difference}");
        var violation = StateInvariants.Violation(folded);
        Assert.True(violation is null, $"{key} is broken: {violation}");
        _runs[key] = folded;
        foreach (var fact in change.Facts)
        {
            if (EventOf(fact) is { } happened)
            {
                _histories[key].Add(happened);
            }
        }
    }

    private static HistoryEvent? EventOf(Fact fact) => fact switch
    {
        RunStarted started => started.Event,
        EventRecorded recorded => recorded.Event,
        BufferedEventRecorded flushed => flushed.Event,
        _ => null,
    };
}
