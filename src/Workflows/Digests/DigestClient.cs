using System.Text.Json;
using AugmentedOS.Workflows.Debouncing;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Worker;

namespace AugmentedOS.Workflows.Digests;

/// <summary>Sends messages to digests, from outside or from an activity.</summary>
public static class DigestClient
{
    /// <summary>Has the worker run digests.</summary>
    public static TOptions AddDigests<TOptions>(this TOptions options)
        where TOptions : TemporalWorkerOptions
    {
        ArgumentNullException.ThrowIfNull(options);
        options.AddWorkflow<DigestWorkflow>().AddAllActivities(typeof(DigestActivities), null);
        return options;
    }

    /// <summary>Puts an item into the digest of this key, which is started when there is none.</summary>
    /// <param name="client">The connection.</param>
    /// <param name="key">Whose digest. The workflow's id is <c>aos.digest/KEY</c>.</param>
    /// <param name="item">Anything that becomes JSON.</param>
    /// <param name="schedule">When to send. That of the message that starts it counts.</param>
    /// <param name="target">The activity that sends; its one argument is a <see cref="Digest{T}"/>.</param>
    /// <param name="maxItems">How many items one digest holds; more are counted. 1 to 5,000.</param>
    /// <exception cref="ArgumentException">Schedule, target or key make no sense.</exception>
    public static Task DigestAsync<T>(
        this ITemporalClient client, string key, T item, DigestSchedule schedule, ActionTarget target,
        int maxItems = 500)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxItems, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxItems, 5000);
        schedule.Check();
        target.Check();
        var start = new WorkflowOptions($"aos.digest/{key}", target.TaskQueue)
        {
            IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting,
        };
        var json = JsonSerializer.SerializeToElement(item);
        var input = new DigestInput(schedule, target, maxItems);
        start.SignalWithStart((DigestWorkflow workflow) => workflow.AddAsync(json));
        return client.StartWorkflowAsync((DigestWorkflow workflow) => workflow.RunAsync(input), start);
    }
}
