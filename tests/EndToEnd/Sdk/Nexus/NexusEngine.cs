using AugmentedOS.Engine.Hosting;
using AugmentedOS.Testing.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Temporalio.Client;

namespace AugmentedOS.EndToEnd.Sdk.Nexus;

/// <summary>An engine of one test, with its HTTP port, that may call back anywhere.</summary>
internal sealed class NexusEngine : IAsyncDisposable
{
    private readonly IHost _host;

    private NexusEngine(IHost host) => _host = host;

    public TemporalClient Client { get; private set; } = null!;

    private IWorkflowEngine Engine => _host.Services.GetRequiredService<IWorkflowEngine>();

    /// <summary>Where other servers would call it.</summary>
    public string HttpAddress => $"http://{Engine.HttpAddress}";

    /// <param name="database">The file; an engine that starts on it later goes on where this one stopped.</param>
    public static async Task<NexusEngine> StartAsync(string database)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.Services.AddWorkflowEngine(options =>
        {
            options.DatabasePath = database;
            options.Port = 0;
            options.HttpPort = 0;
            options.DynamicConfig["callback.allowedAddresses"] = """[{"Pattern": "*", "AllowInsecure": true}]""";
            options.DynamicConfig["component.nexusoperations.retryPolicy.initialInterval"] = "50ms";
            options.DynamicConfig["callback.retryPolicy.initialInterval"] = "50ms";
        });
        var engine = new NexusEngine(builder.Build());
        await engine._host.StartAsync();
        engine.Client = await TemporalClient.ConnectAsync(
            new TemporalClientConnectOptions(engine.Engine.Address!) { Runtime = QuietRuntime.Instance });
        return engine;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
