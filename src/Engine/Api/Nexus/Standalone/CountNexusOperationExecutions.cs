using AugmentedOS.Engine.Api.Binding;
using Temporalio.Api.WorkflowService.V1;
using Group = Temporalio.Api.WorkflowService.V1.CountNexusOperationExecutionsResponse.Types.AggregationGroup;

namespace AugmentedOS.Engine.Api.Nexus.Standalone;

/// <summary>How many operations match a query.</summary>
internal sealed class CountNexusOperationExecutions(OperationLists lists)
    : IRpc<CountNexusOperationExecutionsRequest, CountNexusOperationExecutionsResponse>
{
    public ValueTask<Answer<CountNexusOperationExecutionsResponse>> AnswerAsync(
        CountNexusOperationExecutionsRequest request, Call call)
    {
        var counted = lists.Count(request.Namespace, request.Query);
        if (counted.IsRejected)
        {
            return (Answer<CountNexusOperationExecutionsResponse>)counted.Rejection;
        }

        var response = new CountNexusOperationExecutionsResponse { Count = counted.Response.Total };
        foreach (var group in counted.Response.Groups)
        {
            var counts = new Group { Count = group.Count };
            counts.GroupValues.AddRange(group.GroupValues);
            response.Groups.Add(counts);
        }

        return (Answer<CountNexusOperationExecutionsResponse>)response;
    }
}
