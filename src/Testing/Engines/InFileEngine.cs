using AugmentedOS.Engine.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Temporalio.Client;

namespace AugmentedOS.Testing.Engines;

/// <summary>An engine in this process that can be taken away and opened again on its file.</summary>
internal sealed class InFileEngine(Action<WorkflowEngineOptions>? configure) : TestEngine
{
    internal override async Task<IRunningEngine> StartAsync(TemporalClientConnectOptions client)
    {
        var running = new Running(client.Namespace, configure);
        try
        {
            await running.StartAsync().ConfigureAwait(false);
            client.TargetHost = running.Address;
            running.Client = await TemporalClient.ConnectAsync(client).ConfigureAwait(false);
            return running;
        }
        catch
        {
            await running.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private sealed class Running(string clientNamespace, Action<WorkflowEngineOptions>? configure) : IRunningEngine
    {
        private static readonly TimeSpan Retention = TimeSpan.FromDays(3650);

        private readonly EngineFolder _folder = new();
        private readonly int _port = LowPort.Find();
        private IHost? _host;

        public ITemporalClient Client { get; set; } = null!;

        public bool SkipsTime { get; private set; } = true;

        public bool IsOwn => true;

        public string Address => $"127.0.0.1:{_port}";

        public async Task StartAsync()
        {
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Logging.ClearProviders();
            builder.Services.AddWorkflowEngine(Configure);
            var host = builder.Build();
            try
            {
                await host.StartAsync().ConfigureAwait(false);
                _host = host;
            }
            catch
            {
                host.Dispose();
                throw;
            }
        }

        public async Task CrashAsync()
        {
            await StopAsync().ConfigureAwait(false);
            await StartAsync().ConfigureAwait(false);
        }

        public async ValueTask DisposeAsync()
        {
            await StopAsync().ConfigureAwait(false);
            _folder.Dispose();
        }

        private void Configure(WorkflowEngineOptions options)
        {
            options.Retention = Retention;
            options.TimeSkipping = TimeSkipping.Locked;
            configure?.Invoke(options);
            options.DatabasePath = _folder.Database;
            options.Port = _port;
            options.TimeSkipping = options.TimeSkipping == TimeSkipping.Off ? TimeSkipping.Off : TimeSkipping.Locked;
            SkipsTime = options.TimeSkipping != TimeSkipping.Off;
            if (!options.Namespaces.Contains(clientNamespace))
            {
                options.Namespaces.Add(clientNamespace);
            }
        }

        private async Task StopAsync()
        {
            if (_host is { } host)
            {
                _host = null;
                await host.StopAsync().ConfigureAwait(false);
                host.Dispose();
            }
        }
    }
}
