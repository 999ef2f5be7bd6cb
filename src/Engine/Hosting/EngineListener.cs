using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AugmentedOS.Engine.Hosting;

/// <summary>The engine's own web server: gRPC on one port, the HTTP API on another, health and metrics there or on a
/// third.</summary>
internal sealed class EngineListener : IAsyncDisposable
{
    // A worker holds one stream open for every poll, and all workers of a process may share one connection.
    private const int MaxStreamsPerConnection = 100_000;
    private readonly EngineCore _core;
    private readonly WebApplication _app;
    private readonly WorkflowEngineOptions _options;
    private readonly ListenerPorts _ports;
    private readonly TlsCertificates? _certificates;

    /// <exception cref="EngineStartException">The TLS files cannot be used.</exception>
    public EngineListener(EngineCore core, TimeProvider time, ILoggerFactory logs)
    {
        _core = core;
        _options = core.Options;
        _ports = new ListenerPorts(_options);
        _certificates = _options.Tls.CertificateFile is null
            ? null
            : new TlsCertificates(_options.Tls, time, logs.CreateLogger<TlsCertificates>());
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<ILoggerFactory>(new QuietLoggerFactory(logs));
        builder.Services.AddRoutingCore();
        builder.Services.AddEngineRpcs(_ => core);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Configure);
        _app = builder.Build();
        _app.Use(MessageSizeGate.RunAsync);
        _app.Use(_ports.RunAsync);
        _app.UseRouting();
        _app.MapWorkflowEngine();
        if (_options.HttpPort is not null)
        {
            _app.MapHttpApi(core);
            _app.MapNexus(core);
        }

        if (_options.HttpPort is not null || _options.MetricsPort is not null)
        {
            _app.MapOperations(core);
        }
    }

    public string? Address { get; private set; }

    public string? HttpAddress { get; private set; }

    public string? MetricsAddress { get; private set; }

    public async Task StartAsync(CancellationToken cancelled)
    {
        try
        {
            await _app.StartAsync(cancelled).ConfigureAwait(false);
        }
        catch (IOException taken)
        {
            var wanted = _ports.Wanted.Select(port => $"{_options.Ip}:{port}");
            throw new EngineStartException(
                $"Cannot listen on {string.Join(" and ", wanted)}: {taken.Message} Stop the process that has the port, or"
                + " choose another with the options Port and HttpPort (--port, --http-port); 0 takes a free one.",
                taken);
        }

        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .Select(address => new Uri(address).Authority);
        (Address, HttpAddress, MetricsAddress) = _ports.Opened([.. addresses]);
        _core.Nexus.OwnAddress = OwnAddress(HttpAddress);
    }

    /// <summary>By which the engine is reached from this machine, whatever it listens on.</summary>
    private static string? OwnAddress(string? http)
    {
        if (http is null || IPEndPoint.Parse(http) is not { } listening)
        {
            return null;
        }

        var isAnywhere = listening.Address.Equals(IPAddress.Any) || listening.Address.Equals(IPAddress.IPv6Any);
        return $"http://{(isAnywhere ? new IPEndPoint(IPAddress.Loopback, listening.Port) : listening)}";
    }

    public Task StopAsync(CancellationToken cancelled) => _app.StopAsync(cancelled);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync().ConfigureAwait(false);
        _certificates?.Dispose();
    }

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        kestrel.Limits.Http2.MaxStreamsPerConnection = MaxStreamsPerConnection;
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromMinutes(1);
        kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
        if (_options.Port is { } port)
        {
            Listen(kestrel, port, HttpProtocols.Http2, _options.Tls.RequireClientCertificate);
        }

        foreach (var plain in new[] { _options.HttpPort, _options.MetricsPort }.OfType<int>())
        {
            Listen(kestrel, plain, HttpProtocols.Http1, requiresClient: false);
        }
    }

    private void Listen(KestrelServerOptions kestrel, int port, HttpProtocols protocols, bool requiresClient) =>
        kestrel.Listen(IPAddress.Parse(_options.Ip), port, endpoint =>
        {
            endpoint.Protocols = protocols;
            if (_certificates is { } certificates)
            {
                endpoint.UseHttps(new TlsHandshakeCallbackOptions
                {
                    OnConnection = _ => new(certificates.OptionsFor(requiresClient)),
                });
            }
        });
}
