using AugmentedOS.Engine.Entities;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Nexus.Endpoints;

/// <summary>A name under which callers reach a handler: workers on a queue of some namespace, or a server elsewhere.
/// </summary>
internal sealed record NexusEndpoint : IEntityState
{
    public required Guid Id { get; init; }

    /// <summary>Grows by one with each change.</summary>
    public long Version { get; init; } = 1;

    public required string Name { get; init; }

    public Payload? Description { get; init; }

    /// <summary>The namespace whose workers handle calls; null when <see cref="Url"/> does. Its id, not its name, which
    /// may change.</summary>
    public NamespaceId? TargetNamespace { get; init; }

    public string TaskQueue { get; init; } = "";

    /// <summary>The base address of a handler elsewhere; empty when workers here handle calls.</summary>
    public string Url { get; init; } = "";

    public required Instant CreatedAt { get; init; }

    public required Instant ModifiedAt { get; init; }

    /// <summary>Nothing happens to an endpoint by itself.</summary>
    public Instant? WakeAt => null;
}
