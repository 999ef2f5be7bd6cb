using System.Diagnostics;
using System.Text;

namespace AugmentedOS.Testing.Engines;

/// <summary>A process of <c>aos engine start</c>. Disposing kills it: no handler, no flush, no goodbye.</summary>
internal sealed class AosProcess : IAsyncDisposable
{
    private const string Announcement = "Engine listens on ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AosProcess(Process process) => _process = process;

    /// <summary>Ends when it serves calls.</summary>
    public Task Ready => _ready.Task.WaitAsync(Patience);

    /// <param name="settings">The engine's, by the names that its configuration has for them.</param>
    public static AosProcess Start(
        string executable, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo(executable, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AOS_ENGINE__TIMESKIPPING"] = "Locked";
        start.Environment["AOS_ENGINE__RETENTION"] = "3650.00:00:00";
        foreach (var (name, value) in settings)
        {
            start.Environment[$"AOS_ENGINE__{name.Replace(":", "__", StringComparison.Ordinal)}"] = value;
        }

        var engine = new AosProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        engine._process.OutputDataReceived += (_, line) => engine.Take(line.Data);
        engine._process.ErrorDataReceived += (_, line) => engine.Take(line.Data);
        engine._process.Exited += (_, _) => engine.GiveUp();
        engine._process.Start();
        engine._process.BeginOutputReadLine();
        engine._process.BeginErrorReadLine();
        return engine;
    }

    /// <summary>Returns when it is gone, so that its file is nobody's any more.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (line.StartsWith(Announcement, StringComparison.Ordinal))
        {
            _ready.TrySetResult();
        }
    }

    private void GiveUp()
    {
        lock (_output)
        {
            _ready.TrySetException(new WorkflowTestException($"The engine ended before it was up. It said:\n{_output}"));
        }
    }
}
