using Temporalio.Worker;

namespace AugmentedOS.EndToEnd.Kills;

/// <summary>One kind of work that goes on while the engine is killed.</summary>
internal interface ILoad
{
    /// <summary>What the worker needs for it.</summary>
    void Register(TemporalWorkerOptions worker);

    /// <summary>Works until told to stop, and then to the end of what it has begun. Asserts on the way.</summary>
    Task RunAsync(CancellationToken stopping, CancellationToken cancelled);

    /// <summary>Compares what the engine holds with what it acknowledged, when all is done.</summary>
    /// <returns>What was done, for the protocol.</returns>
    Task<string> CheckAsync(CancellationToken cancelled);
}
