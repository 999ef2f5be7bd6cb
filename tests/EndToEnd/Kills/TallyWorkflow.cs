using System.Collections.Concurrent;
using Temporalio.Activities;
using Temporalio.Workflows;

namespace AugmentedOS.EndToEnd.Kills;

/// <summary>A bit of everything that must survive: activities the worker completes, one that somebody else completes
/// by its token, a timer, and signals and updates until there are enough of them.</summary>
[Workflow]
public sealed class TallyWorkflow
{
    private static readonly ActivityOptions Patient = new()
    {
        StartToCloseTimeout = TimeSpan.FromSeconds(3),
        RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(50), BackoffCoefficient = 1 },
    };

    private readonly List<string> _signals = [];
    private readonly List<string> _updates = [];

    [WorkflowRun]
    public async Task<Tally> RunAsync(int steps, int signals, int updates)
    {
        var results = new List<string>();
        for (var step = 0; step < steps; step++)
        {
            results.Add(await Workflow.ExecuteActivityAsync((TallyActivities work) => work.Step(step), Patient));
            await Workflow.DelayAsync(TimeSpan.FromMilliseconds(1));
        }

        results.Add(await Workflow.ExecuteActivityAsync((TallyActivities work) => work.HandOver(), Patient));
        await Workflow.WaitConditionAsync(() => _signals.Count >= signals && _updates.Count >= updates);
        return new Tally(results, _signals, _updates);
    }

    [WorkflowSignal]
    public Task TakeAsync(string value)
    {
        _signals.Add(value);
        return Task.CompletedTask;
    }

    [WorkflowUpdate]
    public Task<string> PutAsync(string value)
    {
        _updates.Add(value);
        return Task.FromResult($"took {value}");
    }
}

/// <summary>What a <see cref="TallyWorkflow"/> saw.</summary>
public sealed record Tally(
    IReadOnlyList<string> Results, IReadOnlyList<string> Signals, IReadOnlyList<string> Updates);

/// <summary>The work of <see cref="TallyWorkflow"/>, and the tokens of what it handed over.</summary>
public sealed class TallyActivities
{
    private readonly ConcurrentDictionary<string, byte[]> _tokens = new();

    [Activity]
    public string Step(int step) => $"step {step}";

    [Activity]
    public string HandOver()
    {
        var info = ActivityExecutionContext.Current.Info;
        _tokens[info.WorkflowId!] = info.TaskToken;
        throw new CompleteAsyncException();
    }

    /// <summary>The newest token: each attempt has its own.</summary>
    public byte[]? TokenOf(string workflowId) => _tokens.GetValueOrDefault(workflowId);
}
