using Temporalio.Api.Failure.V1;

namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>A request to cancel an operation: sent until its handler has taken note or refused for good.</summary>
internal sealed record NexusCancellation
{
    /// <summary>The CANCEL_REQUESTED event; 0 when no history shows it.</summary>
    public required long RequestedEventId { get; init; }

    /// <summary>When it became possible to send it.</summary>
    public Instant? RequestedAt { get; init; }

    public NexusCancellationPhase Phase { get; init; }

    /// <summary>How many attempts have ended.</summary>
    public int Attempts { get; init; }

    public Instant? LastAttemptAt { get; init; }

    public Failure? LastFailure { get; init; }

    public Instant? NextAttemptAt { get; init; }
}
