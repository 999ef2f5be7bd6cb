using Temporalio.Api.Common.V1;
using Temporalio.Api.Update.V1;

namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>Somebody who wants to learn of the end of a workflow or of an update.</summary>
internal sealed record CompletionCallback
{
    public required long Number { get; init; }

    public required Callback Callback { get; init; }

    /// <summary>The start request that brought it.</summary>
    public required string RequestId { get; init; }

    public required Instant RegisteredAt { get; init; }

    /// <summary>The update whose end is waited for; empty when it is the workflow's.</summary>
    public string UpdateId { get; init; } = "";

    /// <summary>What is to be told of an update that is done, until it has been; else null.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>When the update was done.</summary>
    public Instant? EndedAt { get; init; }

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
