using System.Net;
using AugmentedOS.Engine.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Temporalio.Client;

namespace AugmentedOS.Workflows.Hosting;

/// <summary>Tells the client where an embedded engine listens, which is known only once it does. Whoever needs the
/// connection during the host's start waits for <see cref="ReadyAsync"/>.</summary>
/// <remarks>The client itself is made earlier, with the services that use it, and connects with its first
/// call.</remarks>
internal sealed partial class WorkflowsConnection(
    ConnectionSettings settings, IServiceProvider services, ILogger<WorkflowsConnection> log) : IHostedService
{
    public ConnectionSettings Settings => settings;

    /// <summary>Completes when the client can connect.</summary>
    /// <exception cref="EngineStartException">The embedded engine cannot start.</exception>
    public async Task ReadyAsync(CancellationToken cancellation)
    {
        if (!settings.IsEmbedded)
        {
            return;
        }

        var engine = services.GetRequiredService<IWorkflowEngine>();
        await engine.Ready.WaitAsync(cancellation).ConfigureAwait(false);
        var address = engine.Address ?? throw new WorkflowsConfigurationException(
            "Engine:Port is empty, so that the embedded engine opens no port, but the workers of this process connect "
            + "to one: give a port, or 0 for a free one.");
        services.GetRequiredService<ITemporalClient>().Connection.Options.TargetHost = Reachable(address);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken).ConfigureAwait(false);
        var connection = services.GetRequiredService<ITemporalClient>().Connection.Options;
        var tls = connection.Tls is { Disabled: false } ? "with TLS" : "without TLS";
        LogConnection(settings.Profile, settings.Origin, connection.TargetHost, settings.Namespace, tls);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>An engine that listens on every address says so; nobody can connect to that one everywhere.</summary>
    private static string Reachable(string address)
    {
        if (!IPEndPoint.TryParse(address, out var listens))
        {
            return address;
        }

        if (listens.Address.Equals(IPAddress.Any))
        {
            return $"{IPAddress.Loopback}:{listens.Port}";
        }

        return listens.Address.Equals(IPAddress.IPv6Any) ? $"[{IPAddress.IPv6Loopback}]:{listens.Port}" : address;
    }

    [LoggerMessage(
        1, LogLevel.Information, "Workflows run on {Profile} ({Origin}) at {Address}, namespace {Namespace}, {Tls}")]
    private partial void LogConnection(
        WorkflowsProfile profile, string origin, string? address, string @namespace, string tls);
}
