using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Queries;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.WorkflowTasks;

/// <summary>Asks a run's worker something.</summary>
internal sealed class QueryWorkflow(NamespaceGate gate, QueryDispatcher queries)
    : IRpc<QueryWorkflowRequest, QueryWorkflowResponse>
{
    public async ValueTask<Answer<QueryWorkflowResponse>> AnswerAsync(QueryWorkflowRequest request, Call call)
    {
        if (gate.Enter(request.Namespace, out var ns) is { } refusal)
        {
            return refusal;
        }

        var outcome = await queries
            .QueryAsync(ns.Id, request, call.TimeLeft, call.Cancelled)
            .ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : (QueryWorkflowResponse)outcome.Reply;
    }
}
