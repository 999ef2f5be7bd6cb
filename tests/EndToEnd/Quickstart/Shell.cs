using System.Diagnostics;
using System.Text;

namespace AugmentedOS.EndToEnd.Quickstart;

/// <summary>A terminal in which commands run. Disposing kills what still runs.</summary>
internal sealed class Shell(string folder, IReadOnlyDictionary<string, string> variables) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly StringBuilder _output = new();
    private Process? _running;

    public string Folder { get; set; } = folder;

    /// <summary>Runs a command to its end.</summary>
    public async Task<string> RunAsync(string command)
    {
        using var process = Start(command, _ => { });
        await ExitAsync(process);
        Assert.True(process.ExitCode == 0, $"'{command}' ended with {process.ExitCode}:\n{Output()}");
        return Output();
    }

    /// <summary>Starts a command that goes on, and waits until it says something.</summary>
    public async Task StartAsync(string command, string until)
    {
        Kill();
        var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running = Start(command, line =>
        {
            if (line.Contains(until, StringComparison.Ordinal))
            {
                said.TrySetResult();
            }
        });
        var ended = ExitAsync(_running);
        Assert.True(await Task.WhenAny(said.Task, ended) == said.Task, $"'{command}' did not say '{until}':\n{Output()}");
    }

    /// <summary>Kills what runs, as hard as there is.</summary>
    public void Kill()
    {
        if (_running is null)
        {
            return;
        }

        _running.Kill(entireProcessTree: true);
        _running.WaitForExit();
        _running.Dispose();
        _running = null;
    }

    public void Dispose() => Kill();

    private static async Task ExitAsync(Process process)
    {
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
    }

    private Process Start(string command, Action<string> hear)
    {
        lock (_output)
        {
            _output.Clear();
        }

        var start = new ProcessStartInfo("/bin/sh")
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "-c", command },
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Take(line.Data, hear);
        process.ErrorDataReceived += (_, line) => Take(line.Data, hear);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Take(string? line, Action<string> hear)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        hear(line);
    }

    private string Output()
    {
        lock (_output)
        {
            return _output.ToString();
        }
    }
}
