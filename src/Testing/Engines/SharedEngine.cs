using Temporalio.Client;

namespace AugmentedOS.Testing.Engines;

/// <summary>An engine that a fixture started, for one of its tests.</summary>
internal sealed class SharedEngine(IRunningEngine owner) : TestEngine
{
    internal override Task<IRunningEngine> StartAsync(TemporalClientConnectOptions client)
    {
        var options = client.ToClientOptions();
        return Task.FromResult<IRunningEngine>(
            new Running(owner, new TemporalClient(owner.Client.Connection, options)));
    }

    private sealed class Running(IRunningEngine owner, ITemporalClient client) : IRunningEngine
    {
        public ITemporalClient Client => client;

        public bool SkipsTime => owner.SkipsTime;

        public bool IsOwn => false;

        public Task CrashAsync() => owner.CrashAsync();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
