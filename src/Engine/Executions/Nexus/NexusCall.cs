namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>A request that a run's state says is due: made after the state is durable, made again after a crash, and
/// harmless when it arrives twice.</summary>
/// <param name="Run">Whose state says so.</param>
/// <param name="Number">The operation's SCHEDULED event, or the callback's number.</param>
/// <param name="EarlierAttempts">How many attempts had ended before this one.</param>
internal abstract record NexusCall(RunKey Run, long Number, int EarlierAttempts);
