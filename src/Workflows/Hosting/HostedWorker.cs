using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Temporalio.Client;
using Temporalio.Extensions.Hosting;

namespace AugmentedOS.Workflows.Hosting;

/// <summary>The official worker service, but that it waits for an embedded engine, also where a host starts its
/// services side by side.</summary>
internal sealed class HostedWorker(
    DeclaredWorker declared,
    WorkflowsConnection connection,
    IOptionsMonitor<TemporalWorkerServiceOptions> options,
    ITemporalClient client,
    ILoggerFactory logs)
    : TemporalWorkerService(
        new TemporalWorkerServiceIdentifier(declared.TaskQueue, declared.Version, VersionIsBuildId: false), options,
        client, logs)
{
    public DeclaredWorker Declared => declared;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await connection.ReadyAsync(stoppingToken).ConfigureAwait(false);
        await base.ExecuteAsync(stoppingToken).ConfigureAwait(false);
    }
}
