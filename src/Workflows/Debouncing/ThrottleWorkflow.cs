using System.Text.Json;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Debouncing;

/// <summary>A throttle by itself: each message is a signal-with-start. Sent to with
/// <see cref="DebouncingClient.ThrottleAsync"/>.
/// </summary>
/// <remarks>It ends when nothing came for a whole period: until then it has to remember what passed.</remarks>
[Workflow("aos.throttle")]
public sealed class ThrottleWorkflow
{
    private readonly Throttle<JsonElement> _throttle;

    /// <summary>Made by the worker, before the first signal is handled.</summary>
    [WorkflowInit]
    public ThrottleWorkflow(ThrottleInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _throttle = new(input.Options, input.Carried);
    }

    /// <summary>Acts on each item that passes.</summary>
    [WorkflowRun]
    public async Task RunAsync(ThrottleInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        while (await Workflow.WaitConditionAsync(() => _throttle.Count > 0, input.Options.Period))
        {
            await input.Target.CallAsync(await _throttle.NextAsync());
            if (Workflow.ContinueAsNewSuggested && Workflow.AllHandlersFinished)
            {
                var rest = input with { Carried = _throttle.State };
                throw Workflow.CreateContinueAsNewException((ThrottleWorkflow next) => next.RunAsync(rest));
            }
        }
    }

    /// <summary>Takes a message; one that finds the queue full is dropped and counted.</summary>
    [WorkflowSignal]
    public Task AddAsync(JsonElement item)
    {
        _throttle.TryAdd(item);
        return Task.CompletedTask;
    }

    /// <summary>How many messages wait.</summary>
    [WorkflowQuery]
    public int Waiting() => _throttle.Count;

    /// <summary>How many messages were refused or replaced by a later one.</summary>
    [WorkflowQuery]
    public long Dropped() => _throttle.Dropped;
}
