using System.Text.Json;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Worker;

namespace AugmentedOS.Workflows.Debouncing;

/// <summary>Sends messages to the ready debounce and throttle workflows, from outside or from an activity.</summary>
public static class DebouncingClient
{
    /// <summary>Has the worker run the ready workflows.</summary>
    public static TOptions AddDebouncing<TOptions>(this TOptions options)
        where TOptions : TemporalWorkerOptions
    {
        ArgumentNullException.ThrowIfNull(options);
        options.AddWorkflow<DebounceWorkflow>().AddWorkflow<ThrottleWorkflow>();
        return options;
    }

    /// <summary>Hands an item to the debouncer of this key, which is started when there is none.</summary>
    /// <param name="client">The connection.</param>
    /// <param name="key">What is debounced: items of one key are collected together. The workflow's id is
    /// <c>aos.debounce/KEY</c>.</param>
    /// <param name="item">Anything that becomes JSON.</param>
    /// <param name="options">When to act. Those of the message that starts it count.</param>
    /// <param name="target">The activity that gets the items.</param>
    /// <param name="taskQueue">Where a worker with <see cref="AddDebouncing"/> listens; the target's when null.</param>
    /// <exception cref="ArgumentException">Options, target or key make no sense.</exception>
    public static Task DebounceAsync<T>(
        this ITemporalClient client, string key, T item, DebounceOptions options, ActionTarget target,
        string? taskQueue = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        var start = StartOf(client, "debounce", key, target, taskQueue);
        var json = JsonSerializer.SerializeToElement(item);
        start.SignalWithStart((DebounceWorkflow workflow) => workflow.AddAsync(json));
        return client.StartWorkflowAsync(
            (DebounceWorkflow workflow) => workflow.RunAsync(new(options, target, null)), start);
    }

    /// <summary>Hands an item to the throttle of this key, which is started when there is none.</summary>
    /// <inheritdoc cref="DebounceAsync"/>
    public static Task ThrottleAsync<T>(
        this ITemporalClient client, string key, T item, ThrottleOptions options, ActionTarget target,
        string? taskQueue = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        var start = StartOf(client, "throttle", key, target, taskQueue);
        var json = JsonSerializer.SerializeToElement(item);
        start.SignalWithStart((ThrottleWorkflow workflow) => workflow.AddAsync(json));
        return client.StartWorkflowAsync(
            (ThrottleWorkflow workflow) => workflow.RunAsync(new(options, target, null)), start);
    }

    private static WorkflowOptions StartOf(
        ITemporalClient client, string kind, string key, ActionTarget target, string? taskQueue)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        ArgumentNullException.ThrowIfNull(target);
        target.Check();
        return new($"aos.{kind}/{key}", taskQueue ?? target.TaskQueue)
        {
            IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting,
        };
    }
}
