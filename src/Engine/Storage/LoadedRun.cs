using AugmentedOS.Engine.Executions;

namespace AugmentedOS.Engine.Storage;

/// <summary>A run as the journal has it.</summary>
/// <param name="LastSequence">The sequence of its last transition.</param>
internal sealed record LoadedRun(long RunNumber, long LastSequence, RunState State);
