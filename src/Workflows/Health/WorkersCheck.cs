using AugmentedOS.Workflows.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Extensions.Hosting;

namespace AugmentedOS.Workflows.Health;

/// <summary>Whether each worker of this process runs, and the server sees it poll for each kind of task that it
/// has.</summary>
internal sealed class WorkersCheck(
    IServiceProvider services,
    IWorkerPolls polls,
    ITemporalClient client,
    IOptionsMonitor<TemporalWorkerServiceOptions> options) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var workers = services.GetServices<IHostedService>().OfType<HostedWorker>().ToList();
        var problems = new List<string>();
        foreach (var worker in workers)
        {
            problems.AddRange(await FindAsync(worker, cancellationToken).ConfigureAwait(false));
        }

        return problems.Count == 0
            ? HealthCheckResult.Healthy($"{workers.Count} workers poll")
            : new HealthCheckResult(context.Registration.FailureStatus, string.Join("; ", problems));
    }

    private async Task<IEnumerable<string>> FindAsync(HostedWorker worker, CancellationToken cancellation)
    {
        var queue = worker.Declared.TaskQueue;
        if (worker.ExecuteTask is null or { IsCompleted: true })
        {
            var why = worker.ExecuteTask?.Exception?.GetBaseException().Message ?? "it was not started, or was stopped";
            return [$"the worker on {queue} does not run: {why}"];
        }

        try
        {
            return await FindMissingPollsAsync(worker, queue, cancellation).ConfigureAwait(false);
        }
        catch (RpcException problem) when (problem.Code != RpcException.StatusCode.Cancelled)
        {
            return [$"the server does not say who polls {queue}: {problem.Message}"];
        }
    }

    private async Task<IEnumerable<string>> FindMissingPollsAsync(
        HostedWorker worker, string queue, CancellationToken cancellation)
    {
        var has = options.Get(worker.Declared.OptionsName);
        var identity = has.Identity ?? client.Connection.Options.Identity;
        (TaskQueueType Type, bool Has)[] kinds =
        [
            (TaskQueueType.Workflow, has.Workflows.Count > 0),
            (TaskQueueType.Activity, has.Activities.Count > 0),
            (TaskQueueType.Nexus, has.NexusServices.Count > 0),
        ];
        var problems = new List<string>();
        foreach (var (type, _) in kinds.Where(kind => kind.Has))
        {
            var pollers = await polls.IdentitiesAsync(queue, type, cancellation).ConfigureAwait(false);
            if (!pollers.Contains(identity))
            {
                problems.Add($"the worker on {queue} does not poll for {type.ToString().ToLowerInvariant()} tasks"
                    + (pollers.Count > 0 ? $" (others do: {string.Join(", ", pollers)})" : ""));
            }
        }

        return problems;
    }
}
