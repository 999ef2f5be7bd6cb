using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Visibility;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Visibility;

/// <summary>Open runs by start time; for clients older than queries.</summary>
internal sealed class ListOpenWorkflowExecutions(VisibilityAccess visibility)
    : IRpc<ListOpenWorkflowExecutionsRequest, ListOpenWorkflowExecutionsResponse>
{
    public ValueTask<Answer<ListOpenWorkflowExecutionsResponse>> AnswerAsync(
        ListOpenWorkflowExecutionsRequest request, Call call)
    {
        var listed = visibility.List(
            request.Namespace, TimeRangeFilter.Of(request), request.MaximumPageSize, request.NextPageToken);
        if (listed.IsRejected)
        {
            return (Answer<ListOpenWorkflowExecutionsResponse>)listed.Rejection;
        }

        var response = new ListOpenWorkflowExecutionsResponse { NextPageToken = listed.Response.NextPageToken };
        response.Executions.AddRange(listed.Response.Runs);
        return (Answer<ListOpenWorkflowExecutionsResponse>)response;
    }
}
