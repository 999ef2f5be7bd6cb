using AugmentedOS.Engine.Api.Binding;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Visibility;

/// <summary>How many runs match a query.</summary>
internal sealed class CountWorkflowExecutions(VisibilityAccess visibility)
    : IRpc<CountWorkflowExecutionsRequest, CountWorkflowExecutionsResponse>
{
    public ValueTask<Answer<CountWorkflowExecutionsResponse>> AnswerAsync(
        CountWorkflowExecutionsRequest request, Call call)
    {
        var counted = visibility.Count(request.Namespace, request.Query);
        if (counted.IsRejected)
        {
            return (Answer<CountWorkflowExecutionsResponse>)counted.Rejection;
        }

        var response = new CountWorkflowExecutionsResponse { Count = counted.Response.Total };
        response.Groups.AddRange(counted.Response.Groups);
        return (Answer<CountWorkflowExecutionsResponse>)response;
    }
}
