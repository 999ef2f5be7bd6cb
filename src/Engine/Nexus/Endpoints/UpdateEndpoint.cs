using AugmentedOS.Engine.Entities;
using Grpc.Core;

namespace AugmentedOS.Engine.Nexus.Endpoints;

/// <summary>Replaces what an endpoint is. Answers the <see cref="NexusEndpoint"/>; refused when somebody else changed it
/// since the caller looked.</summary>
/// <param name="Version">Which the caller has seen.</param>
internal sealed record UpdateEndpoint(NexusEndpoint Wanted, long Version)
    : EntityInput<NexusEndpoint>(NexusEndpointType.KeyOf(Wanted.Id))
{
    public override EntityDecision<NexusEndpoint> Decide(NexusEndpoint? state, EntityContext<NexusEndpoint> context)
    {
        if (state is null)
        {
            return EntityDecision<NexusEndpoint>.Reject(Rejection.NotFound(
                $"error updating Nexus endpoint. endpoint ID {Wanted.Id:D} not found"));
        }

        if (Version != state.Version)
        {
            return EntityDecision<NexusEndpoint>.Reject(Rejection.FailedPrecondition(
                $"nexus endpoint version mismatch. received: {Version} expected {state.Version}"));
        }

        if (context.Entities.Values.Any(other => other.Name == Wanted.Name && other.Id != state.Id))
        {
            return EntityDecision<NexusEndpoint>.Reject(new Rejection(
                StatusCode.AlreadyExists,
                $"error updating Nexus endpoint. Endpoint with name {Wanted.Name} already registered"));
        }

        var changed = Wanted with
        {
            Version = state.Version + 1,
            CreatedAt = state.CreatedAt,
            ModifiedAt = context.Now,
        };
        return EntityDecision<NexusEndpoint>.Change(changed, changed);
    }
}
