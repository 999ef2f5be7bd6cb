namespace AugmentedOS.Engine.Storage;

/// <summary>An idle run and the time at which something is due for it.</summary>
internal readonly record struct WakeUp(RunKey Run, Instant At);
