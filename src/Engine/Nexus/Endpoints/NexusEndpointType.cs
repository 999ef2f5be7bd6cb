using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Storage.Codecs;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Nexus.Endpoints;

/// <summary>Endpoints as durable entities of the whole engine.</summary>
internal sealed class NexusEndpointType : EntityType<NexusEndpoint>
{
    public override EntityKind Kind => EntityKind.NexusEndpoint;

    public override int Version => 1;

    public static EntityKey KeyOf(Guid id) =>
        new(EntityKind.NexusEndpoint, EntityKey.NoNamespace, id.ToString("D"));

    public override void Encode(NexusEndpoint state, ByteSink sink)
    {
        sink.Number(state.Version);
        sink.Text(state.Name);
        sink.OptionalMessage(state.Description);
        sink.Flag(state.TargetNamespace is not null);
        sink.Guid(state.TargetNamespace?.Value ?? Guid.Empty);
        sink.Text(state.TaskQueue);
        sink.Text(state.Url);
        sink.Time(state.CreatedAt);
        sink.Time(state.ModifiedAt);
    }

    public override NexusEndpoint Decode(EntityKey key, int version, ref ByteSource source)
    {
        var number = source.Number();
        var name = source.Text();
        var description = source.OptionalMessage(Payload.Parser);
        var isWorker = source.Flag();
        var ns = new NamespaceId(source.Guid());
        return new NexusEndpoint
        {
            Id = Guid.Parse(key.Id),
            Version = number,
            Name = name,
            Description = description,
            TargetNamespace = isWorker ? ns : null,
            TaskQueue = source.Text(),
            Url = source.Text(),
            CreatedAt = source.Time(),
            ModifiedAt = source.Time(),
        };
    }

    public override IEnumerable<EntityEffect> After(EntityKey key, NexusEndpoint? before, NexusEndpoint? after) =>
        [new NexusEndpointChanged(key, after)];

    public override IEnumerable<EntityEffect> All(EntityKey key, NexusEndpoint state) =>
        [new NexusEndpointChanged(key, state)];
}
