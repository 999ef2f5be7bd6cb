namespace AugmentedOS.Engine.Executions.Resetting;

/// <summary>What a run knows of the reset that took its place; of the latest when there were several.</summary>
/// <param name="Run">The run that began with a copy of this one's history.</param>
/// <param name="RequestId">The reset's request, by which a client's retry is known.</param>
/// <param name="ForkEventId">The first event that was not copied.</param>
internal sealed record ResetSuccessor(RunId Run, string RequestId, long ForkEventId);
