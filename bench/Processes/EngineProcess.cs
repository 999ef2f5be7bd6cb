namespace AugmentedOS.Bench.Processes;

/// <summary>The engine in a process of its own, and where it listens.</summary>
internal sealed class EngineProcess(ChildProcess process) : IDisposable
{
    public ChildProcess Process { get; } = process;

    public string Address => Process.Ready.Split(' ')[0];

    /// <summary>Where metrics are.</summary>
    public string HttpAddress => Process.Ready.Split(' ')[1];

    public static EngineProcess Start(string databasePath) => new(ChildProcess.Start("engine", databasePath));

    /// <summary>Bare handlers that exchange the same messages and keep nothing.</summary>
    public static EngineProcess StartFloor() => new(ChildProcess.Start("floor-server"));

    public void Dispose() => Process.Dispose();
}
