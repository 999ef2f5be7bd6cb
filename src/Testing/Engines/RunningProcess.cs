using System.Diagnostics;

namespace AugmentedOS.Testing.Engines;

/// <summary>An engine in a process, with its file, at an address that it keeps when it is killed and started
/// again.</summary>
internal sealed class RunningProcess : IAsyncDisposable
{
    private const string Announcement = "Engine listens on ";

    private readonly EngineFolder _folder = new();
    private readonly int _port = LowPort.Find();
    private readonly string _executable;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly string _namespace;
    private AnnouncingProcess? _process;

    private RunningProcess(string executable, IReadOnlyDictionary<string, string> settings, string ns)
    {
        _executable = executable;
        _settings = settings;
        _namespace = ns;
    }

    public string Address => $"127.0.0.1:{_port}";

    /// <param name="settings">The engine's, by the names that its configuration has for them.</param>
    /// <exception cref="WorkflowTestException">It does not start; the message has its output.</exception>
    public static async Task<RunningProcess> StartAsync(
        string executable, IReadOnlyDictionary<string, string> settings, string ns)
    {
        if (!File.Exists(executable))
        {
            throw new WorkflowTestException(
                $"There is no '{executable}' to start an engine from. Give TestEngine.InProcess, or AOS_TEST_ENGINE, "
                + "the path of the aos executable, as it was built or installed.");
        }

        var running = new RunningProcess(executable, settings, ns);
        try
        {
            await running.StartAsync().ConfigureAwait(false);
            return running;
        }
        catch
        {
            await running.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Kills it and starts it again on its file.</summary>
    public async Task CrashAsync()
    {
        await StopAsync().ConfigureAwait(false);
        await StartAsync().ConfigureAwait(false);
    }

    /// <summary>Kills it, for when this process ends and nobody waits any more.</summary>
    public void Kill()
    {
        _process?.Kill();
        _folder.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _folder.Dispose();
    }

    private async Task StartAsync()
    {
        string[] arguments =
        [
            "engine", "start", "--db", _folder.Database, "--port", $"{_port}", "--http-port", "0",
            "--namespace", _namespace, "--log-level", "error",
        ];
        var start = new ProcessStartInfo(_executable, arguments);
        start.Environment["AOS_ENGINE__TIMESKIPPING"] = "Locked";
        start.Environment["AOS_ENGINE__RETENTION"] = "3650.00:00:00";
        foreach (var (name, value) in _settings)
        {
            start.Environment[$"AOS_ENGINE__{name.Replace(":", "__", StringComparison.Ordinal)}"] = value;
        }

        _process = AnnouncingProcess.Start(start, Announcement);
        await _process.AnnouncedAsync(Announcement).ConfigureAwait(false);
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
