using System.Text.Json;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Digests;

/// <summary>Collects messages and sends them together at the scheduled time. Started by the first message, and ended
/// when it has sent and nothing has come since: an empty digest is never sent.</summary>
[Workflow("aos.digest")]
public sealed class DigestWorkflow
{
    private readonly int _maxItems;
    private List<JsonElement> _items;
    private long _omitted;
    private DateTime _from;

    /// <summary>Made by the worker, before the first signal is handled.</summary>
    [WorkflowInit]
    public DigestWorkflow(DigestInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _maxItems = input.MaxItems;
        _items = [.. input.Carried?.Items ?? []];
        _omitted = input.Carried?.Omitted ?? 0;
        _from = input.Carried?.From ?? default;
    }

    /// <summary>Waits for the time, sends, and begins anew.</summary>
    [WorkflowRun]
    public async Task RunAsync(DigestInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var due = input.DueAt;
        do
        {
            await Workflow.WaitConditionAsync(() => _items.Count > 0);
            due ??= await NextAsync(input.Schedule);
            while (due > Workflow.UtcNow)
            {
                await Workflow.WaitConditionAsync(() => Workflow.ContinueAsNewSuggested, due.Value - Workflow.UtcNow);
                if (Workflow.ContinueAsNewSuggested && Workflow.AllHandlersFinished)
                {
                    var rest = input with { Carried = Take(), DueAt = due };
                    throw Workflow.CreateContinueAsNewException((DigestWorkflow next) => next.RunAsync(rest));
                }
            }

            due = null;
            await input.Target.CallAsync(Take());
        }
        while (_items.Count > 0);
    }

    /// <summary>Takes a message; above the maximum it is counted only.</summary>
    [WorkflowSignal]
    public Task AddAsync(JsonElement item)
    {
        if (_items.Count == 0)
        {
            _from = Workflow.UtcNow;
        }

        if (_items.Count < _maxItems)
        {
            _items.Add(item);
        }
        else
        {
            _omitted++;
        }

        return Task.CompletedTask;
    }

    /// <summary>How many messages the next digest has, those that are only counted included.</summary>
    [WorkflowQuery]
    public long Waiting() => _items.Count + _omitted;

    private static async Task<DateTime> NextAsync(DigestSchedule schedule)
    {
        var now = Workflow.UtcNow;
        return await Workflow.ExecuteLocalActivityAsync(
            () => DigestActivities.Next(schedule, now), new() { StartToCloseTimeout = TimeSpan.FromSeconds(10) });
    }

    private Digest<JsonElement> Take()
    {
        var digest = new Digest<JsonElement>(_items, _omitted, _from, Workflow.UtcNow);
        (_items, _omitted) = ([], 0);
        return digest;
    }
}
