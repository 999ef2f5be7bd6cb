using AugmentedOS.Engine.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Health;

/// <summary>Whether the embedded engine serves, has room on its disk, and timers are on time.</summary>
internal sealed class EngineCheck(
    ITemporalClient client,
    IOptions<WorkflowEngineOptions> engine,
    WorkflowHealthOptions limits,
    TimerLag timers,
    IDisk disk) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var file = engine.Value.DatabasePath;
        var data = new Dictionary<string, object>(StringComparer.Ordinal) { ["file"] = file };
        List<(HealthStatus Status, string What)> found =
        [
            await ServesAsync(cancellationToken).ConfigureAwait(false),
            Timers(data),
        ];
        if (file != WorkflowEngineOptions.InMemory)
        {
            found.Add(Room(file, data));
        }

        var worst = found.Min(part => part.Status);
        var status = worst == HealthStatus.Unhealthy ? context.Registration.FailureStatus : worst;
        var said = found.Where(part => part.Status == worst).Select(part => part.What);
        return new HealthCheckResult(status, string.Join("; ", said), data: data);
    }

    private async Task<(HealthStatus Status, string What)> ServesAsync(CancellationToken cancellation)
    {
        try
        {
            var serves = await client.Connection.CheckHealthAsync(
                options: new RpcOptions { CancellationToken = cancellation, Retry = false }).ConfigureAwait(false);
            return serves
                ? (HealthStatus.Healthy, "serves")
                : (HealthStatus.Unhealthy,
                    "the engine does not serve; its log says why, and so does /readyz where Engine:HttpPort "
                    + "or Engine:MetricsPort is set");
        }
        catch (RpcException problem) when (problem.Code != RpcException.StatusCode.Cancelled)
        {
            return (HealthStatus.Unhealthy, $"the engine does not answer: {problem.Message}");
        }
        catch (InvalidOperationException problem)
        {
            return (HealthStatus.Unhealthy, $"the engine does not answer: {problem.Message}");
        }
    }

    private (HealthStatus Status, string What) Timers(Dictionary<string, object> data)
    {
        var lag = timers.Current;
        data["timerLagSeconds"] = lag.TotalSeconds;
        return lag < limits.TimerLagDegraded
            ? (HealthStatus.Healthy, "timers are on time")
            : (lag < limits.TimerLagUnhealthy ? HealthStatus.Degraded : HealthStatus.Unhealthy,
                $"timers are {lag.TotalSeconds:0.0} s late: this process needs more processor, or something holds its "
                + "threads");
    }

    private (HealthStatus Status, string What) Room(string file, Dictionary<string, object> data)
    {
        var free = disk.FreeNextTo(file);
        data["freeBytes"] = free;
        return free >= limits.FreeDiskDegraded
            ? (HealthStatus.Healthy, "the disk has room")
            : (free >= limits.FreeDiskUnhealthy ? HealthStatus.Degraded : HealthStatus.Unhealthy,
                $"{free / (1 << 20)} MiB are left on the disk of {file}: make room, a full disk stops every workflow");
    }
}
