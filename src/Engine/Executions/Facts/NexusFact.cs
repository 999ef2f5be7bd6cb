using Temporalio.Api.Failure.V1;

namespace AugmentedOS.Engine.Executions.Facts;

/// <summary>Something about a Nexus operation or a completion callback that history does not show.</summary>
internal abstract record NexusFact : Fact;

/// <summary>An attempt to start an operation failed and another one is due.</summary>
internal sealed record NexusAttemptFailed(
    long ScheduledEventId, Instant At, Instant NextAttemptAt, Failure Failure) : NexusFact;

/// <summary>A waiting attempt to start an operation came due.</summary>
internal sealed record NexusAttemptScheduled(long ScheduledEventId) : NexusFact;

/// <summary>An attempt to cancel an operation failed and another one is due.</summary>
internal sealed record NexusCancelAttemptFailed(
    long ScheduledEventId, Instant At, Instant NextAttemptAt, Failure Failure) : NexusFact;

/// <summary>A waiting attempt to cancel an operation came due.</summary>
internal sealed record NexusCancelAttemptScheduled(long ScheduledEventId) : NexusFact;

/// <summary>The handler took note of a cancellation, or refused it for good, and history does not say so.</summary>
internal sealed record NexusCancelSettled(long ScheduledEventId, Instant At, Failure? Failure) : NexusFact;

/// <summary>A callback failed: until the next attempt, or for good when there is none.</summary>
internal sealed record CallbackAttemptFailed(
    long Number, Instant At, Instant? NextAttemptAt, string Message) : NexusFact;

/// <summary>A waiting attempt of a callback came due.</summary>
internal sealed record CallbackAttemptScheduled(long Number) : NexusFact;

/// <summary>A callback was taken by whom it was for.</summary>
internal sealed record CallbackSucceeded(long Number, Instant At) : NexusFact;
