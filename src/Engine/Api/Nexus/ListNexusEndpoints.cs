using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Nexus.Endpoints;
using Google.Protobuf;
using Temporalio.Api.OperatorService.V1;

namespace AugmentedOS.Engine.Api.Nexus;

/// <summary>The endpoints in the order of their ids, a page at a time; or the one of a name.</summary>
internal sealed class ListNexusEndpoints(EndpointSpecs specs, INexusEndpoints endpoints, EngineLimits limits)
    : IRpc<ListNexusEndpointsRequest, ListNexusEndpointsResponse>
{
    public ValueTask<Answer<ListNexusEndpointsResponse>> AnswerAsync(ListNexusEndpointsRequest request, Call call)
    {
        var response = new ListNexusEndpointsResponse();
        if (request.Name.Length > 0)
        {
            if (endpoints.TryFind(request.Name, out var named))
            {
                response.Endpoints.Add(specs.Of(named));
            }

            return (Answer<ListNexusEndpointsResponse>)response;
        }

        if (ProblemOfSize(request.PageSize) is { } problem)
        {
            return (Answer<ListNexusEndpointsResponse>)Rejection.InvalidArgument(problem);
        }

        var size = request.PageSize == 0 ? limits.EndpointPageSize : request.PageSize;
        var after = request.NextPageToken.ToStringUtf8();
        var page = endpoints.All
            .Where(endpoint => string.CompareOrdinal(endpoint.Id.ToString("D"), after) > 0)
            .Take(size + 1)
            .ToList();
        response.Endpoints.AddRange(page.Take(size).Select(specs.Of));
        if (page.Count > size)
        {
            response.NextPageToken = ByteString.CopyFromUtf8(page[size - 1].Id.ToString("D"));
        }

        return (Answer<ListNexusEndpointsResponse>)response;
    }

    private string? ProblemOfSize(int size)
    {
        if (size < 0)
        {
            return "page_size is negative";
        }

        return size > limits.MaxEndpointPageSize ? $"page_size exceeds limit of {limits.MaxEndpointPageSize}" : null;
    }
}
