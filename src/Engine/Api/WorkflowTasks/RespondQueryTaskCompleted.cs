using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Api.Tokens;
using AugmentedOS.Engine.Queries;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.WorkflowTasks;

/// <summary>A worker answers a query task.</summary>
internal sealed class RespondQueryTaskCompleted(NamespaceGate gate, QueryDispatcher queries)
    : IRpc<RespondQueryTaskCompletedRequest, RespondQueryTaskCompletedResponse>
{
    public ValueTask<Answer<RespondQueryTaskCompletedResponse>> AnswerAsync(
        RespondQueryTaskCompletedRequest request, Call call)
    {
        var refusal = QueryToken.Decode(request.TaskToken, out var token)
            ?? gate.Enter(request.Namespace, token.Namespace, out _)
            ?? queries.Answer(token.Namespace, token.QueryId, request);
        return refusal is null
            ? (Answer<RespondQueryTaskCompletedResponse>)new RespondQueryTaskCompletedResponse()
            : (Answer<RespondQueryTaskCompletedResponse>)refusal;
    }
}
