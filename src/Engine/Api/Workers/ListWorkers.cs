using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Workers;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Workers;

/// <summary>The workers that were alive in the last minutes.</summary>
internal sealed class ListWorkers(NamespaceGate gate, WorkerRegistry workers)
    : IRpc<ListWorkersRequest, ListWorkersResponse>
{
    public ValueTask<Answer<ListWorkersResponse>> AnswerAsync(ListWorkersRequest request, Call call) =>
        List(request);

    private Answer<ListWorkersResponse> List(ListWorkersRequest request)
    {
        if (gate.Enter(request.Namespace, out var ns) is { } refusal)
        {
            return refusal;
        }

        var (reply, rejection) = workers.List(ns.Id, request);
        return rejection is null ? reply! : rejection;
    }
}
