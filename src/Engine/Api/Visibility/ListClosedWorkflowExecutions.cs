using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Visibility;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Visibility;

/// <summary>Closed runs by close time; for clients older than queries.</summary>
internal sealed class ListClosedWorkflowExecutions(VisibilityAccess visibility)
    : IRpc<ListClosedWorkflowExecutionsRequest, ListClosedWorkflowExecutionsResponse>
{
    public ValueTask<Answer<ListClosedWorkflowExecutionsResponse>> AnswerAsync(
        ListClosedWorkflowExecutionsRequest request, Call call)
    {
        var listed = visibility.List(
            request.Namespace, TimeRangeFilter.Of(request), request.MaximumPageSize, request.NextPageToken);
        if (listed.IsRejected)
        {
            return (Answer<ListClosedWorkflowExecutionsResponse>)listed.Rejection;
        }

        var response = new ListClosedWorkflowExecutionsResponse { NextPageToken = listed.Response.NextPageToken };
        response.Executions.AddRange(listed.Response.Runs);
        return (Answer<ListClosedWorkflowExecutionsResponse>)response;
    }
}
