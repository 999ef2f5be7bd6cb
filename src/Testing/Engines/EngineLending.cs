using System.Collections.Concurrent;

namespace AugmentedOS.Testing.Engines;

/// <summary>The processes of one executable that tests have one after the other; as many as tests run side by side.
/// They are killed when this process ends.</summary>
internal sealed class EngineLending
{
    private static readonly ConcurrentDictionary<string, EngineLending> Lendings = new(StringComparer.Ordinal);

    private readonly ConcurrentBag<RunningProcess> _idle = [];
    private readonly ConcurrentDictionary<RunningProcess, bool> _all = new();
    private readonly string _executable;

    private EngineLending(string executable)
    {
        _executable = executable;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => KillAll();
    }

    public static EngineLending Of(string executable) => Lendings.GetOrAdd(executable, path => new EngineLending(path));

    /// <summary>One that nobody has; a new one has this namespace.</summary>
    /// <exception cref="WorkflowTestException">It does not start.</exception>
    public async Task<RunningProcess> TakeAsync(string ns)
    {
        if (_idle.TryTake(out var idle))
        {
            return idle;
        }

        var started = await RunningProcess.StartAsync(_executable, new Dictionary<string, string>(), ns)
            .ConfigureAwait(false);
        _all[started] = true;
        return started;
    }

    /// <summary>The next may have it.</summary>
    public void Return(RunningProcess process) => _idle.Add(process);

    /// <summary>Nobody may have it any more.</summary>
    public async Task RetireAsync(RunningProcess process)
    {
        _all.TryRemove(process, out _);
        await process.DisposeAsync().ConfigureAwait(false);
    }

    private void KillAll()
    {
        foreach (var process in _all.Keys)
        {
            process.Kill();
        }
    }
}
