using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Nexus.Endpoints;
using Temporalio.Api.OperatorService.V1;

namespace AugmentedOS.Engine.Api.Nexus;

/// <summary>Removes an endpoint. Operations that were scheduled to it fail at their next attempt.</summary>
internal sealed class DeleteNexusEndpoint(EntityHost<NexusEndpoint> endpoints)
    : IRpc<DeleteNexusEndpointRequest, DeleteNexusEndpointResponse>
{
    public async ValueTask<Answer<DeleteNexusEndpointResponse>> AnswerAsync(
        DeleteNexusEndpointRequest request, Call call)
    {
        var issues = new List<string>();
        if (EndpointSpecs.ProblemOfId(request.Id, out var id) is { } problem)
        {
            issues.Add(problem);
        }

        if (request.Version <= 0)
        {
            issues.Add("endpoint version is non-positive");
        }

        if (issues.Count > 0)
        {
            return Rejection.InvalidArgument(string.Join(", ", issues));
        }

        var outcome = await endpoints.SubmitAsync(new DeleteEndpoint(id)).ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : new DeleteNexusEndpointResponse();
    }
}
