using AugmentedOS.Workflows.Hosting;
using Microsoft.Extensions.Hosting;

namespace AugmentedOS.Workflows.Schedules;

/// <summary>Brings schedules in step before the host counts as started, so that a deployment that cannot
/// fails.</summary>
internal sealed class ScheduleService(WorkflowsConnection connection, ScheduleKeeper keeper) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await connection.ReadyAsync(cancellationToken).ConfigureAwait(false);
        await keeper.ApplyAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
