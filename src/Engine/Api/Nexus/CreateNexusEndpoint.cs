using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Nexus.Endpoints;
using Temporalio.Api.OperatorService.V1;

namespace AugmentedOS.Engine.Api.Nexus;

/// <summary>Creates an endpoint, which can be called at once.</summary>
internal sealed class CreateNexusEndpoint(EndpointSpecs specs, EntityHost<NexusEndpoint> endpoints, IIdSource ids)
    : IRpc<CreateNexusEndpointRequest, CreateNexusEndpointResponse>
{
    public async ValueTask<Answer<CreateNexusEndpointResponse>> AnswerAsync(
        CreateNexusEndpointRequest request, Call call)
    {
        if (specs.Read(request.Spec, ids.Next(), out var wanted) is { } refusal)
        {
            return refusal;
        }

        var outcome = await endpoints.SubmitAsync(new CreateEndpoint(wanted)).ConfigureAwait(false);
        return outcome.IsRejected
            ? outcome.Rejection
            : new CreateNexusEndpointResponse { Endpoint = specs.Of((NexusEndpoint)outcome.Reply) };
    }
}
