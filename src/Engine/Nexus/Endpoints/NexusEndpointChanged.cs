using AugmentedOS.Engine.Entities;

namespace AugmentedOS.Engine.Nexus.Endpoints;

/// <summary>An endpoint is durably like this, or gone.</summary>
internal sealed record NexusEndpointChanged(EntityKey Entity, NexusEndpoint? After) : EntityEffect(Entity);
