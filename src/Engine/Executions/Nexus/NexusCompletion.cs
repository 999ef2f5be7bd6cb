using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;

namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>How an operation that a handler works on has ended.</summary>
internal sealed record NexusCompletion
{
    /// <summary>The result; null when there is a <see cref="Failure"/>.</summary>
    public Payload? Result { get; init; }

    public Failure? Failure { get; init; }

    /// <summary>Whether the failure is that it was canceled.</summary>
    public bool IsCanceled { get; init; }

    /// <summary>For a caller that has not yet learnt that it started: by which the handler knows it.</summary>
    public string Token { get; init; } = "";

    /// <summary>For such a caller: when it started; null when the handler does not say.</summary>
    public Instant? StartedAt { get; init; }

    public Instant? ClosedAt { get; init; }

    /// <summary>For such a caller: what the handler did.</summary>
    public IReadOnlyList<Link> Links { get; init; } = [];
}
