using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Nexus.Endpoints;
using Temporalio.Api.OperatorService.V1;

namespace AugmentedOS.Engine.Api.Nexus;

/// <summary>Replaces what an endpoint is, if nobody else did since.</summary>
internal sealed class UpdateNexusEndpoint(EndpointSpecs specs, EntityHost<NexusEndpoint> endpoints)
    : IRpc<UpdateNexusEndpointRequest, UpdateNexusEndpointResponse>
{
    public async ValueTask<Answer<UpdateNexusEndpointResponse>> AnswerAsync(
        UpdateNexusEndpointRequest request, Call call)
    {
        var isId = Guid.TryParse(request.Id, out var id);
        if (specs.Read(request.Spec, id, out var wanted) is { } refusal)
        {
            return refusal;
        }

        if (!isId)
        {
            return Rejection.NotFound($"error updating Nexus endpoint. endpoint ID {request.Id} not found");
        }

        var outcome = await endpoints.SubmitAsync(new UpdateEndpoint(wanted, request.Version)).ConfigureAwait(false);
        return outcome.IsRejected
            ? outcome.Rejection
            : new UpdateNexusEndpointResponse { Endpoint = specs.Of((NexusEndpoint)outcome.Reply) };
    }
}
