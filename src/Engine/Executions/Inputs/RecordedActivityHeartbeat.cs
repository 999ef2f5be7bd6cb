namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>The reply to a heartbeat: the only way that a worker learns of a cancellation, a pause or a reset.</summary>
internal sealed record RecordedActivityHeartbeat(bool IsCancelRequested, bool IsPaused = false, bool IsReset = false);
