using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Workers;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Workers;

/// <summary>How many workers were alive in the last minutes.</summary>
internal sealed class CountWorkers(NamespaceGate gate, WorkerRegistry workers)
    : IRpc<CountWorkersRequest, CountWorkersResponse>
{
    public ValueTask<Answer<CountWorkersResponse>> AnswerAsync(CountWorkersRequest request, Call call) =>
        Count(request);

    private Answer<CountWorkersResponse> Count(CountWorkersRequest request)
    {
        if (gate.Enter(request.Namespace, out var ns) is { } refusal)
        {
            return refusal;
        }

        var (reply, rejection) = workers.Count(ns.Id, request);
        return rejection is null ? reply! : rejection;
    }
}
