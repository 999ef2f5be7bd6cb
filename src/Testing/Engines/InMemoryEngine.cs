using AugmentedOS.Engine.Hosting;
using AugmentedOS.Engine.Hosting.Environments;
using Temporalio.Client;

namespace AugmentedOS.Testing.Engines;

/// <summary>An engine of one's own that nothing is left of.</summary>
internal sealed class InMemoryEngine(Action<WorkflowEngineOptions>? configure) : TestEngine
{
    internal override async Task<IRunningEngine> StartAsync(TemporalClientConnectOptions client) =>
        new BorrowedEngine.Running(await EngineEnvironment.StartAsync(Configure, client).ConfigureAwait(false));

    private void Configure(WorkflowEngineOptions options)
    {
        configure?.Invoke(options);
        if (options.TimeSkipping == TimeSkipping.Unlocked)
        {
            options.TimeSkipping = TimeSkipping.Locked;   // the test moves time
        }
    }
}
