using System.Collections.Immutable;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;

namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>An operation that no workflow called: the one content of its run.</summary>
internal sealed record StandaloneOperation
{
    /// <summary>Who started it.</summary>
    public required string Identity { get; init; }

    public OperationRequest? CancelRequest { get; init; }

    public OperationRequest? TerminateRequest { get; init; }

    /// <summary>The operation as it was last before it ended; null while it runs.</summary>
    public NexusOperation? Final { get; init; }

    /// <summary>What it ended with; null when it failed, or runs.</summary>
    public Payload? Result { get; init; }

    public Failure? Failure { get; init; }

    /// <summary>What its handler pointed at.</summary>
    public ImmutableList<Link> Links { get; init; } = [];
}
