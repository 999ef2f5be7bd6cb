using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Visibility;
using Temporalio.Api.WorkflowService.V1;
using Group = Temporalio.Api.WorkflowService.V1.CountActivityExecutionsResponse.Types.AggregationGroup;

namespace AugmentedOS.Engine.Api.Activities.Standalone;

/// <summary>How many activities match a query.</summary>
internal sealed class CountActivityExecutions(ActivityAccess access, SpaceLists lists)
    : IRpc<CountActivityExecutionsRequest, CountActivityExecutionsResponse>
{
    public ValueTask<Answer<CountActivityExecutionsResponse>> AnswerAsync(
        CountActivityExecutionsRequest request, Call call)
    {
        if (access.Enter(request.Namespace, out var ns) is { } refusal)
        {
            return (Answer<CountActivityExecutionsResponse>)refusal;
        }

        var counted = lists.Count(ns, request.Query);
        if (counted.IsRejected)
        {
            return (Answer<CountActivityExecutionsResponse>)counted.Rejection;
        }

        var response = new CountActivityExecutionsResponse { Count = counted.Response.Total };
        foreach (var group in counted.Response.Groups)
        {
            var counts = new Group { Count = group.Count };
            counts.GroupValues.AddRange(group.GroupValues);
            response.Groups.Add(counts);
        }

        return (Answer<CountActivityExecutionsResponse>)response;
    }
}
