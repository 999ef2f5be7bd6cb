using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Workers;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Workers;

/// <summary>What one worker said last.</summary>
internal sealed class DescribeWorker(NamespaceGate gate, WorkerRegistry workers)
    : IRpc<DescribeWorkerRequest, DescribeWorkerResponse>
{
    public ValueTask<Answer<DescribeWorkerResponse>> AnswerAsync(DescribeWorkerRequest request, Call call) =>
        Describe(request);

    private Answer<DescribeWorkerResponse> Describe(DescribeWorkerRequest request)
    {
        if (gate.Enter(request.Namespace, out var ns) is { } refusal)
        {
            return refusal;
        }

        var (reply, rejection) = workers.Describe(ns.Id, request.WorkerInstanceKey);
        return rejection is null ? reply! : rejection;
    }
}
