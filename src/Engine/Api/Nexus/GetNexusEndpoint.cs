using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Nexus.Endpoints;
using Temporalio.Api.OperatorService.V1;

namespace AugmentedOS.Engine.Api.Nexus;

/// <summary>One endpoint.</summary>
internal sealed class GetNexusEndpoint(EndpointSpecs specs, INexusEndpoints endpoints)
    : IRpc<GetNexusEndpointRequest, GetNexusEndpointResponse>
{
    public ValueTask<Answer<GetNexusEndpointResponse>> AnswerAsync(GetNexusEndpointRequest request, Call call)
    {
        if (EndpointSpecs.ProblemOfId(request.Id, out var id) is { } problem)
        {
            return (Answer<GetNexusEndpointResponse>)Rejection.InvalidArgument(problem);
        }

        return endpoints.TryFind(id, out var found)
            ? (Answer<GetNexusEndpointResponse>)new GetNexusEndpointResponse { Endpoint = specs.Of(found) }
            : (Answer<GetNexusEndpointResponse>)Rejection.NotFound($"Nexus endpoint with ID `{request.Id}` not found");
    }
}
