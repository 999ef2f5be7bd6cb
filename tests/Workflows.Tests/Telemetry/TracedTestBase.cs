using AugmentedOS.Engine.Hosting.Environments;
using AugmentedOS.Workflows.Telemetry;
using Temporalio.Client;

namespace AugmentedOS.Workflows.Tests.Telemetry;

/// <summary>An engine whose client traces, and a recorder of spans, for each test.</summary>
public abstract class TracedTestBase : IAsyncLifetime
{
    private EngineEnvironment _engine = null!;

    protected string Queue { get; } = $"traced-{Guid.NewGuid()}";

    protected string Id { get; } = $"traced-{Guid.NewGuid()}";

    private protected SpanRecorder Recorder { get; } = new();

    protected ITemporalClient Client => _engine.Client;

    public async ValueTask InitializeAsync() => _engine = await EngineEnvironment.StartAsync(
        client: new TemporalClientConnectOptions { Interceptors = [new WorkflowTracing()] });

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _engine.DisposeAsync();
        Recorder.Dispose();
    }
}
