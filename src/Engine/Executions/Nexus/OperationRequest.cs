namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>Somebody wants an operation to end.</summary>
internal sealed record OperationRequest(string RequestId, string Identity, string Reason, Instant At);
