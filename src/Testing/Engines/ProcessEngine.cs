using Temporalio.Client;

namespace AugmentedOS.Testing.Engines;

/// <summary>The <c>aos</c> executable as a process of its own, on a file.</summary>
internal sealed class ProcessEngine(string executable) : TestEngine
{
    internal override async Task<IRunningEngine> StartAsync(TemporalClientConnectOptions client)
    {
        if (!File.Exists(executable))
        {
            throw new WorkflowTestException(
                $"There is no '{executable}' to start an engine from. Give TestEngine.InProcess the path of the aos "
                + "executable, as it was built or installed.");
        }

        var running = new Running(executable, client.Namespace);
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

    private sealed class Running(string executable, string clientNamespace) : IRunningEngine
    {
        private readonly EngineFolder _folder = new();
        private readonly int _port = LowPort.Find();
        private AosProcess? _process;

        public ITemporalClient Client { get; set; } = null!;

        public bool SkipsTime => true;

        public bool IsOwn => true;

        public string Address => $"127.0.0.1:{_port}";

        public async Task StartAsync()
        {
            string[] arguments =
            [
                "engine", "start", "--db", _folder.Database, "--port", $"{_port}", "--http-port", "0",
                "--namespace", clientNamespace, "--log-level", "error",
            ];
            _process = AosProcess.Start(executable, arguments);
            await _process.Ready.ConfigureAwait(false);
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

        private async Task StopAsync()
        {
            if (_process is { } process)
            {
                _process = null;
                await process.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
