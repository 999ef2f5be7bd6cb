using System.Text.Json;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Debouncing;

/// <summary>A debouncer by itself: each message is a signal-with-start, and it ends when it has acted and nothing
/// waits. Sent to with <see cref="DebouncingClient.DebounceAsync"/>.</summary>
[Workflow("aos.debounce")]
public sealed class DebounceWorkflow
{
    private readonly Debouncer<JsonElement> _debouncer;

    /// <summary>Made by the worker, before the first signal is handled.</summary>
    [WorkflowInit]
    public DebounceWorkflow(DebounceInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _debouncer = new(input.Options, input.Carried);
    }

    /// <summary>Acts each time it has become quiet.</summary>
    [WorkflowRun]
    public async Task RunAsync(DebounceInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        do
        {
            await input.Target.CallAsync(await _debouncer.NextAsync());
            if (Workflow.ContinueAsNewSuggested && Workflow.AllHandlersFinished && _debouncer.State is { } carried)
            {
                var rest = input with { Carried = carried };
                throw Workflow.CreateContinueAsNewException((DebounceWorkflow next) => next.RunAsync(rest));
            }
        }
        while (_debouncer.Count > 0);
    }

    /// <summary>Takes a message.</summary>
    [WorkflowSignal]
    public Task AddAsync(JsonElement item)
    {
        _debouncer.Add(item);
        return Task.CompletedTask;
    }

    /// <summary>How many messages wait.</summary>
    [WorkflowQuery]
    public int Waiting() => _debouncer.Count;
}
