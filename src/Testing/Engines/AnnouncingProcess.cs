using System.Diagnostics;
using System.Text;

namespace AugmentedOS.Testing.Engines;

/// <summary>A process whose output is kept, and that says in lines of it how far it is. Disposing kills it: no handler,
/// no flush, no goodbye.</summary>
internal sealed class AnnouncingProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Dictionary<string, TaskCompletionSource<string>> _announcements;
    private bool _isDisposed;

    private AnnouncingProcess(ProcessStartInfo start, IEnumerable<string> announcements)
    {
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _announcements = announcements.ToDictionary(
            announcement => announcement,
            _ => new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously),
            StringComparer.Ordinal);
    }

    public int Id => _process.Id;

    /// <summary>What it has said so far, in both of its outputs.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <param name="announcements">How the lines begin that are waited for.</param>
    public static AnnouncingProcess Start(ProcessStartInfo start, params IEnumerable<string> announcements)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var announcing = new AnnouncingProcess(start, announcements);
        var process = announcing._process;
        process.OutputDataReceived += (_, line) => announcing.Take(line.Data);
        process.ErrorDataReceived += (_, line) => announcing.Take(line.Data);
        process.Exited += (_, _) => announcing.GiveUp();
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return announcing;
    }

    /// <summary>Waits for a line that begins so.</summary>
    /// <returns>The rest of it.</returns>
    /// <exception cref="WorkflowTestException">It ended before; the message has its output.</exception>
    public Task<string> AnnouncedAsync(string announcement) => _announcements[announcement].Task.WaitAsync(Patience);

    /// <summary>Kills it, for when nobody can wait any more.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
    }

    public async Task KillAsync()
    {
        Kill();
        await _process.WaitForExitAsync().ConfigureAwait(false);
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="TimeoutException">It did not come; the message has its output.</exception>
    public async Task<int> EndAsync()
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(Patience).ConfigureAwait(false);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"The engine did not end within {Patience}. It said:\n{Output}", late);
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            await KillAsync().ConfigureAwait(false);
            _process.Dispose();
        }
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

        foreach (var (announcement, waits) in _announcements)
        {
            if (line.StartsWith(announcement, StringComparison.Ordinal))
            {
                waits.TrySetResult(line[announcement.Length..]);
            }
        }
    }

    private void GiveUp()
    {
        foreach (var waits in _announcements.Values)
        {
            waits.TrySetException(new WorkflowTestException($"The engine ended before it was up. It said:\n{Output}"));
        }
    }
}
