using AugmentedOS.Engine.Entities;
using Grpc.Core;

namespace AugmentedOS.Engine.Nexus.Endpoints;

/// <summary>Creates an endpoint. Answers the <see cref="NexusEndpoint"/>; refused when its name is taken.</summary>
/// <param name="Wanted">All but the times, which are when it is decided.</param>
internal sealed record CreateEndpoint(NexusEndpoint Wanted)
    : EntityInput<NexusEndpoint>(NexusEndpointType.KeyOf(Wanted.Id))
{
    public override EntityDecision<NexusEndpoint> Decide(NexusEndpoint? state, EntityContext<NexusEndpoint> context)
    {
        if (context.Entities.Values.Any(endpoint => endpoint.Name == Wanted.Name))
        {
            return EntityDecision<NexusEndpoint>.Reject(new Rejection(
                StatusCode.AlreadyExists,
                $"error creating Nexus endpoint. Endpoint with name {Wanted.Name} already registered"));
        }

        var created = Wanted with { Version = 1, CreatedAt = context.Now, ModifiedAt = context.Now };
        return EntityDecision<NexusEndpoint>.Change(created, created);
    }
}
