using System.Diagnostics;
using System.Text;

namespace AugmentedOS.EndToEnd.Processes;

/// <summary>The built <c>aos engine start</c> as a process of its own, as a user starts it. Disposing kills it.</summary>
internal sealed class EngineProcess : IAsyncDisposable
{
    private const string GrpcAnnouncement = "Engine listens on ";
    private const string MetricsAnnouncement = "Temporal Metrics:     http://";
    private const string HttpAnnouncement = "HTTP API, health and metrics on http://";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<string> _address = NewPromise();
    private readonly TaskCompletionSource<string> _httpAddress = NewPromise();

    private bool _isDisposed;

    private EngineProcess(Process process) => _process = process;

    public int Id => _process.Id;

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

    /// <summary>Starts <c>aos engine start</c>; does not wait until it is up.</summary>
    public static EngineProcess Start(params string[] arguments) => Start(null, arguments);

    /// <param name="wrapper">A shell command that ends by executing <c>"$@"</c>, to start it under a limit.</param>
    public static EngineProcess Start(string? wrapper, string[] arguments) =>
        StartCommand(wrapper, ["engine", "start", .. arguments]);

    /// <summary>Starts <c>aos</c> with any arguments.</summary>
    public static EngineProcess StartCommand(params string[] command) => StartCommand(null, command);

    private static EngineProcess StartCommand(string? wrapper, string[] command)
    {
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "aos.exe" : "aos");
        var start = new ProcessStartInfo(wrapper is null ? program : "/bin/sh")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        string[] wrapped = wrapper is null ? [] : ["-c", wrapper, "sh", program];
        foreach (var argument in (string[])[.. wrapped, .. command])
        {
            start.ArgumentList.Add(argument);
        }

        var engine = new EngineProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        engine._process.OutputDataReceived += (_, line) => engine.Take(line.Data);
        engine._process.ErrorDataReceived += (_, line) => engine.Take(line.Data);
        engine._process.Exited += (_, _) => engine.GiveUp();
        engine._process.Start();
        engine._process.BeginOutputReadLine();
        engine._process.BeginErrorReadLine();
        return engine;
    }

    /// <summary>Starts it on free ports and waits until it serves.</summary>
    public static async Task<EngineProcess> StartReadyAsync(params string[] arguments)
    {
        var engine = Start([.. arguments, "--port", "0", "--http-port", "0"]);
        await engine.HttpAddressAsync();
        return engine;
    }

    /// <summary>Where clients connect; fails with its output when it ends before.</summary>
    public Task<string> AddressAsync() => _address.Task.WaitAsync(Patience);

    /// <summary>Where health and metrics are; of a development server its metrics.</summary>
    public Task<string> HttpAddressAsync() => _httpAddress.Task.WaitAsync(Patience);

    /// <summary>SIGKILL: no handler, no flush, no goodbye.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task SendAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        using var alarm = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(alarm.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The engine did not end within {Patience}. It said:\n{Output}");
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static TaskCompletionSource<string> NewPromise() => new(TaskCreationOptions.RunContinuationsAsynchronously);

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

        if (line.StartsWith(GrpcAnnouncement, StringComparison.Ordinal))
        {
            _address.TrySetResult(line[GrpcAnnouncement.Length..]);
        }
        else if (line.StartsWith(HttpAnnouncement, StringComparison.Ordinal))
        {
            _httpAddress.TrySetResult(line[HttpAnnouncement.Length..]);
        }
        else if (line.StartsWith(MetricsAnnouncement, StringComparison.Ordinal))
        {
            _httpAddress.TrySetResult(line[MetricsAnnouncement.Length..].Split('/')[0]);
        }
    }

    private void GiveUp()
    {
        var ended = new InvalidOperationException($"The engine ended before it was up. It said:\n{Output}");
        _address.TrySetException(ended);
        _httpAddress.TrySetException(ended);
    }
}
