namespace AugmentedOS.Engine.Executions.Facts;

/// <summary>The run is that of an operation which no workflow called.</summary>
internal sealed record StandaloneOperationBegan(string Identity) : NexusFact;

/// <summary>Somebody wants such an operation to end.</summary>
internal sealed record StandaloneOperationAsked(
    bool IsTermination, string RequestId, string Identity, string Reason, Instant At) : NexusFact;
