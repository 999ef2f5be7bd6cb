namespace AugmentedOS.Engine.Executions.StandaloneActivities;

/// <summary>Somebody wants an activity to end.</summary>
internal sealed record ActivityRequest(string RequestId, string Identity, string Reason, Instant At);
