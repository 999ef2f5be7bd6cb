using AugmentedOS.Engine.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Temporalio.Client;

namespace AugmentedOS.Engine.Tests;

/// <summary>An engine in memory on a free port, and a client of the official SDK connected to it. Use it as a class
/// fixture, or start one with options of your own.</summary>
public sealed class EngineFixture : IAsyncLifetime
{
    private readonly Action<WorkflowEngineOptions>? _configure;
    private readonly string? _apiKey;
    private IHost? _host;

    public EngineFixture()
    {
    }

    private EngineFixture(Action<WorkflowEngineOptions> configure, string? apiKey)
    {
        _configure = configure;
        _apiKey = apiKey;
    }

    public TemporalClient Client { get; private set; } = null!;

    public IWorkflowEngine Engine => Services.GetRequiredService<IWorkflowEngine>();

    /// <summary><c>host:port</c> of the gRPC port.</summary>
    public string Address => Engine.Address!;

    public IServiceProvider Services => _host!.Services;

    /// <param name="apiKey">What the client proves itself with.</param>
    public static async Task<EngineFixture> StartAsync(Action<WorkflowEngineOptions> configure, string? apiKey = null)
    {
        var fixture = new EngineFixture(configure, apiKey);
        await fixture.InitializeAsync();
        return fixture;
    }

    public async ValueTask InitializeAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft", LogLevel.None).AddConsole();
        builder.Services.AddWorkflowEngine(options =>
        {
            options.DatabasePath = WorkflowEngineOptions.InMemory;
            options.Port = 0;
            _configure?.Invoke(options);
        });
        _host = builder.Build();
        await _host.StartAsync();
        Client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(Address)
        {
            RpcMetadata = _apiKey is null ? null : new Dictionary<string, string> { ["authorization"] = $"Bearer {_apiKey}" },
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.StopAsync();
            _host.Dispose();
        }
    }
}
