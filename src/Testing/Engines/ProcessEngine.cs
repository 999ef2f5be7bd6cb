using Temporalio.Client;

namespace AugmentedOS.Testing.Engines;

/// <summary>The <c>aos</c> executable as a process of the test's own, on a file.</summary>
internal sealed class ProcessEngine(string executable, IReadOnlyDictionary<string, string> settings) : TestEngine
{
    internal override async Task<IRunningEngine> StartAsync(TemporalClientConnectOptions client)
    {
        var process = await RunningProcess.StartAsync(executable, settings, client.Namespace).ConfigureAwait(false);
        try
        {
            client.TargetHost = process.Address;
            return new Running(process, await TemporalClient.ConnectAsync(client).ConfigureAwait(false));
        }
        catch
        {
            await process.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private sealed class Running(RunningProcess process, ITemporalClient client) : IRunningEngine
    {
        public ITemporalClient Client => client;

        public bool SkipsTime => true;

        public bool IsOwn => true;

        public Task CrashAsync() => process.CrashAsync();

        public ValueTask DisposeAsync() => process.DisposeAsync();
    }
}
