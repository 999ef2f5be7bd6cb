using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Visibility;

/// <summary>Nothing is archived here.</summary>
internal sealed class ListArchivedWorkflowExecutions(NamespaceGate gate)
    : IRpc<ListArchivedWorkflowExecutionsRequest, ListArchivedWorkflowExecutionsResponse>
{
    public ValueTask<Answer<ListArchivedWorkflowExecutionsResponse>> AnswerAsync(
        ListArchivedWorkflowExecutionsRequest request, Call call) =>
        (Answer<ListArchivedWorkflowExecutionsResponse>)(gate.Enter(request.Namespace, out _)
            ?? Rejection.InvalidArgument("Cluster is not configured for visibility archival."));
}
