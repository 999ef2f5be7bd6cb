using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>Somebody who wants to learn of a workflow's end.</summary>
internal sealed record CompletionCallback
{
    public required long Number { get; init; }

    public required Callback Callback { get; init; }

    /// <summary>The start request that brought it.</summary>
    public required string RequestId { get; init; }

    public required Instant RegisteredAt { get; init; }

    public CompletionCallbackPhase Phase { get; init; }

    /// <summary>How many attempts have ended.</summary>
    public int Attempts { get; init; }

    public Instant? LastAttemptAt { get; init; }

    /// <summary>Why the last attempt failed; empty when it did not.</summary>
    public string LastFailure { get; init; } = "";

    public Instant? NextAttemptAt { get; init; }

    /// <summary>When it is tried again; null when it is not.</summary>
    public Deadline? NextDeadline => NextAttemptAt is { } retry
        ? new Deadline(retry, DeadlineKind.CallbackRetry, Number)
        : null;
}
