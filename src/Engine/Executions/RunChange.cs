using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Resetting;

namespace AugmentedOS.Engine.Executions;

/// <summary>The facts of one transition about one run, and the state they lead to.</summary>
/// <param name="Before">The state they were decided on; null for a new run.</param>
internal sealed record RunChange(RunState? Before, RunState After, IReadOnlyList<Fact> Facts)
{
    /// <summary>What a new run's journal begins with, before the facts; null unless a reset made it.</summary>
    public CopiedHistory? Copied { get; init; }
}
