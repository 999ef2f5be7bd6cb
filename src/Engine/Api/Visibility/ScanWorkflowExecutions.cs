using AugmentedOS.Engine.Api.Binding;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Visibility;

/// <summary>The same as a list, kept for older clients.</summary>
internal sealed class ScanWorkflowExecutions(VisibilityAccess visibility)
    : IRpc<ScanWorkflowExecutionsRequest, ScanWorkflowExecutionsResponse>
{
    public ValueTask<Answer<ScanWorkflowExecutionsResponse>> AnswerAsync(
        ScanWorkflowExecutionsRequest request, Call call)
    {
        var listed = visibility.List(request.Namespace, request.Query, request.PageSize, request.NextPageToken);
        if (listed.IsRejected)
        {
            return (Answer<ScanWorkflowExecutionsResponse>)listed.Rejection;
        }

        var response = new ScanWorkflowExecutionsResponse { NextPageToken = listed.Response.NextPageToken };
        response.Executions.AddRange(listed.Response.Runs);
        return (Answer<ScanWorkflowExecutionsResponse>)response;
    }
}
