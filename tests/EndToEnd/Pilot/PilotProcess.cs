using System.Diagnostics;
using System.Text;

namespace AugmentedOS.EndToEnd.Pilot;

/// <summary>The built pilot as a process of its own, as a user starts it.</summary>
internal sealed class PilotProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private PilotProcess(Process process) => _process = process;

    public bool HasEnded => _process.HasExited;

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

    public static PilotProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "AugmentedOS.Pilot.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var pilot = new PilotProcess(new Process { StartInfo = start });
        pilot._process.OutputDataReceived += (_, line) => pilot.Take(line.Data);
        pilot._process.ErrorDataReceived += (_, line) => pilot.Take(line.Data);
        pilot._process.Start();
        pilot._process.BeginOutputReadLine();
        pilot._process.BeginErrorReadLine();
        return pilot;
    }

    /// <summary>SIGKILL: no handler, no flush, no goodbye. False when it had ended by itself before.</summary>
    public async Task<bool> KillAsync()
    {
        if (_process.HasExited)
        {
            return false;
        }

        _process.Kill();
        await _process.WaitForExitAsync();
        return true;
    }

    public async Task<int> EndAsync(TimeSpan patience)
    {
        using var alarm = new CancellationTokenSource(patience);
        try
        {
            await _process.WaitForExitAsync(alarm.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The pilot did not end within {patience}. It said:\n{Output}");
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

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
    }
}
