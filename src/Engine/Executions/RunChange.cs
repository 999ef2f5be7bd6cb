using AugmentedOS.Engine.Executions.Facts;

namespace AugmentedOS.Engine.Executions;

/// <summary>The facts of one transition about one run, and the state they lead to.</summary>
/// <param name="Before">The state they were decided on; null for a new run.</param>
internal sealed record RunChange(RunState? Before, RunState After, IReadOnlyList<Fact> Facts);
