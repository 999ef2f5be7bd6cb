using AugmentedOS.Engine.Api.Binding;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Visibility;

/// <summary>The runs that match a query, latest first.</summary>
internal sealed class ListWorkflowExecutions(VisibilityAccess visibility)
    : IRpc<ListWorkflowExecutionsRequest, ListWorkflowExecutionsResponse>
{
    public ValueTask<Answer<ListWorkflowExecutionsResponse>> AnswerAsync(
        ListWorkflowExecutionsRequest request, Call call)
    {
        var listed = visibility.List(request.Namespace, request.Query, request.PageSize, request.NextPageToken);
        if (listed.IsRejected)
        {
            return (Answer<ListWorkflowExecutionsResponse>)listed.Rejection;
        }

        var response = new ListWorkflowExecutionsResponse { NextPageToken = listed.Response.NextPageToken };
        response.Executions.AddRange(listed.Response.Runs);
        return (Answer<ListWorkflowExecutionsResponse>)response;
    }
}
