using System.Net.Sockets;
using AugmentedOS.Engine.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Runtime;

namespace AugmentedOS.Pilot.Run;

/// <summary>
/// The server that the workflows run on: our engine in this process, or another one. This is the only place in the
/// pilot that knows the difference.
/// </summary>
internal sealed class PilotEngine : IAsyncDisposable
{
    /// <summary>The SDK's warnings, say of a step that was repeated, would tear the progress display apart.</summary>
    private static readonly Lazy<TemporalRuntime> QuietRuntime = new(() => new TemporalRuntime(new()
    {
        Telemetry = new() { Logging = new() { Filter = new(TelemetryFilterOptions.Level.Error) } },
    }));

    private readonly IHost? _host;

    private PilotEngine(IHost? host, string address, string description)
    {
        _host = host;
        Address = address;
        Description = description;
    }

    public string Address { get; }

    public string Description { get; }

    /// <exception cref="PilotFailedException">The engine cannot start.</exception>
    public static async Task<PilotEngine> StartAsync(PilotOptions options, CancellationToken cancelled)
    {
        if (options.Target is { } target)
        {
            return new PilotEngine(null, target, $"server at {target}");
        }

        var host = Build(options);
        try
        {
            await host.StartAsync(cancelled);
        }
        catch (EngineStartException problem)
        {
            host.Dispose();
            throw new PilotFailedException(problem.Message, problem);
        }

        var address = host.Services.GetRequiredService<IWorkflowEngine>().Address!;
        return new PilotEngine(host, address, $"engine in this process, {address}");
    }

    /// <exception cref="PilotFailedException">Nothing answers there, or it has no such namespace.</exception>
    public async Task<TemporalClient> ConnectAsync(string @namespace)
    {
        try
        {
            var client = await TemporalClient.ConnectAsync(
                new(Address) { Namespace = @namespace, Runtime = QuietRuntime.Value });
            await client.WorkflowService.DescribeNamespaceAsync(new() { Namespace = @namespace });
            return client;
        }
        catch (RpcException problem) when (problem.Code is RpcException.StatusCode.NotFound)
        {
            throw new PilotFailedException($"The server at {Address} has no namespace “{@namespace}”.", problem);
        }
        catch (RpcException problem)
        {
            throw new PilotFailedException($"The server at {Address} answered: {problem.Message}", problem);
        }
        catch (Exception problem) when (problem is InvalidOperationException or SocketException)
        {
            throw new PilotFailedException($"No workflow server answers at {Address}: {problem.Message}", problem);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.StopAsync();
            _host.Dispose();
        }
    }

    private static IHost Build(PilotOptions options)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddWorkflowEngine(engine =>
        {
            engine.DatabasePath = Path.Combine(options.Data, "engine.db");
            engine.Port = options.Port;
            engine.Retention = TimeSpan.FromDays(30);
            engine.Namespaces.Add(options.Namespace);
        });
        return builder.Build();
    }
}
