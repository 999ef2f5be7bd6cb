namespace AugmentedOS.Bench.Scenarios;

/// <summary>What the engine counts of itself.</summary>
internal static class EngineMetrics
{
    public static Task<long> CommitsAsync(string address) => Task.FromResult(0L);
}
