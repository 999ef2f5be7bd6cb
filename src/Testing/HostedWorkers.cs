using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Temporalio.Extensions.Hosting;
using Temporalio.Worker;

namespace AugmentedOS.Testing;

/// <summary>The workers that an application declares, in tests.</summary>
public static class HostedWorkers
{
    /// <summary>Adds what a worker of an application does: its workflows, activities and Nexus services, its
    /// interceptors (error translation, circuit breakers …), and which exceptions fail its workflows. How it is tuned
    /// (queue, slots, caches) stays the test's business.</summary>
    /// <param name="application">The services of a host that was built and need not be started: activities get theirs
    /// from it, and so can the test.</param>
    /// <param name="taskQueue">The queue that the worker was declared for.</param>
    /// <param name="version">The worker's deployment version, canonical, where the queue has several.</param>
    /// <exception cref="WorkflowTestException">The application has no such worker, or several; the message names those
    /// that it has.</exception>
    public static TOptions AddWorkerOf<TOptions>(
        this TOptions options, IServiceProvider application, string taskQueue, string? version = null)
        where TOptions : TemporalWorkerOptions
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(application);
        ArgumentException.ThrowIfNullOrWhiteSpace(taskQueue);
        var declared = Declared(application);
        var found = declared
            .Where(worker => worker.TaskQueue == taskQueue && (version is null || VersionOf(worker) == version)).ToList();
        if (found is not [var worker])
        {
            throw new WorkflowTestException(
                $"The application has {(found.Count == 0 ? "no worker" : "several workers")} on '{taskQueue}'"
                + $"{(version is null ? "" : $" of version '{version}'")}. It has: {Names(declared)}. Name the queue that "
                + "AddWorker was called with, and the version where there are several.");
        }

        Add(worker.Workflows, options.Workflows);
        Add(worker.Activities, options.Activities);
        Add(worker.NexusServices, options.NexusServices);
        options.Interceptors = [.. options.Interceptors ?? [], .. worker.Interceptors ?? []];
        options.WorkflowFailureExceptionTypes =
            [.. options.WorkflowFailureExceptionTypes ?? [], .. worker.WorkflowFailureExceptionTypes ?? []];
        return options;
    }

    private static List<TemporalWorkerServiceOptions> Declared(IServiceProvider application)
    {
        var monitor = application.GetRequiredService<IOptionsMonitor<TemporalWorkerServiceOptions>>();
        return [.. application.GetServices<IConfigureOptions<TemporalWorkerServiceOptions>>()
            .OfType<ConfigureNamedOptions<TemporalWorkerServiceOptions>>()
            .Select(options => options.Name)
            .Distinct()
            .Select(monitor.Get)];
    }

    private static string? VersionOf(TemporalWorkerServiceOptions worker) =>
        worker.DeploymentOptions?.Version?.ToCanonicalString();

    private static string Names(List<TemporalWorkerServiceOptions> workers) => workers.Count == 0
        ? "none"
        : string.Join(", ", workers.Select(worker => VersionOf(worker) is { } version
            ? $"'{worker.TaskQueue}' ({version})"
            : $"'{worker.TaskQueue}'"));

    private static void Add<T>(IEnumerable<T> from, IList<T> to)
    {
        foreach (var each in from)
        {
            to.Add(each);
        }
    }
}
