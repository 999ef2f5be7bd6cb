using System.Diagnostics;

namespace AugmentedOS.Bench.Processes;

/// <summary>Another process of this program in one of its roles, and what the operating system says of it.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const string ReadyPrefix = "READY ";
    private readonly Process _process;

    private ChildProcess(Process process, string ready, TimeSpan startup)
    {
        _process = process;
        Ready = ready;
        Startup = startup;
    }

    /// <summary>What it said when it was ready.</summary>
    public string Ready { get; }

    /// <summary>From the process's start until it was ready.</summary>
    public TimeSpan Startup { get; }

    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / (1024.0 * 1024);
        }
    }

    /// <summary>Bytes that it has caused to be written to storage; 0 where the system does not say.</summary>
    public long WrittenBytes
    {
        get
        {
            var io = $"/proc/{_process.Id}/io";
            return File.Exists(io)
                ? long.Parse(File.ReadLines(io).First(line => line.StartsWith("write_bytes", StringComparison.Ordinal))
                    .Split(':')[1])
                : 0;
        }
    }

    /// <summary>Starts this program again and waits until it says that it is ready.</summary>
    public static ChildProcess Start(params string[] arguments) => Start([], arguments);

    /// <param name="settings">Environment variables that it gets besides ours.</param>
    public static ChildProcess Start(Dictionary<string, string> settings, params string[] arguments)
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var watch = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith(ReadyPrefix, StringComparison.Ordinal))
            {
                return new ChildProcess(process, line[ReadyPrefix.Length..], watch.Elapsed);
            }
        }

        process.WaitForExit();
        throw new InvalidOperationException($"bench {string.Join(' ', arguments)} ended with code {process.ExitCode}.");
    }

    /// <summary>Said by a role when it can be used.</summary>
    public static void SayReady(string what) => Console.WriteLine(ReadyPrefix + what);

    /// <summary>For a role: returns when its parent closes the pipe or dies.</summary>
    public static Task UntilParentEndsAsync() => Console.In.ReadToEndAsync();

    /// <summary>The plug is pulled.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Asks it to end, and waits.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            if (!_process.WaitForExit(TimeSpan.FromSeconds(20)))
            {
                _process.Kill();
            }
        }

        _process.Dispose();
    }
}
