using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions.Inputs;

namespace AugmentedOS.Engine.Nexus.Endpoints;

/// <summary>Removes an endpoint, whatever its version. Answers <see cref="Done"/>.</summary>
internal sealed record DeleteEndpoint(Guid Id) : EntityInput<NexusEndpoint>(NexusEndpointType.KeyOf(Id))
{
    public override EntityDecision<NexusEndpoint> Decide(NexusEndpoint? state, EntityContext<NexusEndpoint> context) =>
        state is null
            ? EntityDecision<NexusEndpoint>.Reject(Rejection.NotFound(
                $"error deleting nexus endpoint with ID: {Id:D}"))
            : EntityDecision<NexusEndpoint>.Delete(Done.Instance);
}
