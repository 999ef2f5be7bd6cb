namespace AugmentedOS.Engine.Executions.ActivityControl;

/// <summary>Who paused an activity, when and why.</summary>
internal sealed record ActivityPause(Instant At, string Identity, string Reason, string RequestId);
