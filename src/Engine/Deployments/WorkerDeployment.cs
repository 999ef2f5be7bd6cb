using System.Buffers.Binary;
using System.Collections.Immutable;
using AugmentedOS.Engine.Entities;
using Google.Protobuf;
using Temporalio.Api.Deployment.V1;

namespace AugmentedOS.Engine.Deployments;

/// <summary>A worker deployment: its versions, and where workflows go that no version holds. Messages in it are shared and
/// never changed.</summary>
internal sealed record WorkerDeployment : IEntityState
{
    public required string Name { get; init; }

    public required Instant CreatedAt { get; init; }

    /// <summary>The request that made it; empty when a worker's poll did.</summary>
    public string CreateRequestId { get; init; } = "";

    /// <summary>Whether a worker's poll made it, or a routing that was set before any worker came.</summary>
    public bool IsAutoCreated => CreateRequestId.Length == 0;

    public string LastModifier { get; init; } = "";

    public string Manager { get; init; } = "";

    public RoutingConfig Routing { get; init; } = new() { CurrentVersion = DeploymentVersion.Unversioned };

    /// <summary>Counts the changes that callers guard with a token.</summary>
    public long Changes { get; init; }

    /// <summary>By build id.</summary>
    public ImmutableSortedDictionary<string, DeployedVersion> Versions { get; init; } =
        ImmutableSortedDictionary.Create<string, DeployedVersion>(StringComparer.Ordinal);

    /// <summary>When a draining version is looked at next.</summary>
    public Instant? WakeAt { get; init; }

    /// <summary>What a caller sends back to say which state it has seen.</summary>
    public ByteString ConflictToken
    {
        get
        {
            Span<byte> token = stackalloc byte[16];
            BinaryPrimitives.WriteInt64BigEndian(token, CreatedAt.Ticks);
            BinaryPrimitives.WriteInt64BigEndian(token[8..], Changes);
            return ByteString.CopyFrom(token);
        }
    }

    public static EntityKey KeyOf(NamespaceId ns, string name) => new(EntityKind.WorkerDeployment, ns, name);

    /// <summary>A version of this deployment by its deprecated text; unversioned, or nothing, is null.</summary>
    public DeploymentVersion? Named(string text) =>
        text is "" or DeploymentVersion.Unversioned ? null : new DeploymentVersion(Name, text[(Name.Length + 1)..]);

    /// <summary>The deprecated text of one of its builds.</summary>
    public string TextOf(string? buildId) =>
        string.IsNullOrEmpty(buildId) ? DeploymentVersion.Unversioned : new DeploymentVersion(Name, buildId).ToLegacyText();
}
