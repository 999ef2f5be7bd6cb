using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AugmentedOS.Engine.Hosting;

/// <summary>The engine's life within its host.</summary>
internal sealed partial class WorkflowEngineService(
    EngineCore core, TimeProvider time, ILoggerFactory logs, ILogger<WorkflowEngineService> log) : IHostedService, IWorkflowEngine, IAsyncDisposable
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private EngineListener? _listener;

    public string? Address => _listener?.Address;

    public string? HttpAddress => _listener?.HttpAddress;

    public string? MetricsAddress => _listener?.MetricsAddress;

    public string ServerVersion => Api.Cluster.GetSystemInfo.ServerVersion;

    public Task Ready => _ready.Task;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await core.StartAsync().ConfigureAwait(false);
            if (core.Options is not { Port: null, HttpPort: null, MetricsPort: null })
            {
                _listener = new EngineListener(core, time, logs);
                await _listener.StartAsync(cancellationToken).ConfigureAwait(false);
            }

            LogStarted(Address ?? "(mapped)", core.Options.DatabasePath);
            _ready.SetResult();
        }
        catch (Exception failure)
        {
            _ready.TrySetException(failure);
            throw;
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        core.Drain();
        if (_listener is not null)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(core.Options.DrainTimeout);
            await _listener.StopAsync(patience.Token).ConfigureAwait(false);
        }

        await core.StopAsync().ConfigureAwait(false);
        core.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        if (_listener is not null)
        {
            await _listener.DisposeAsync().ConfigureAwait(false);
        }

        core.Dispose();
    }

    [LoggerMessage(1, LogLevel.Information, "Workflow engine listens on {Address}, database {Database}")]
    private partial void LogStarted(string address, string database);
}
