using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Workers;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Workers;

/// <summary>Workers say that they are alive and how they do.</summary>
internal sealed class RecordWorkerHeartbeat(NamespaceGate gate, WorkerRegistry workers)
    : IRpc<RecordWorkerHeartbeatRequest, RecordWorkerHeartbeatResponse>
{
    public ValueTask<Answer<RecordWorkerHeartbeatResponse>> AnswerAsync(RecordWorkerHeartbeatRequest request, Call call) =>
        Record(request);

    private Answer<RecordWorkerHeartbeatResponse> Record(RecordWorkerHeartbeatRequest request)
    {
        if (gate.Enter(request.Namespace, out var ns) is { } refusal)
        {
            return refusal;
        }

        workers.Record(ns.Id, request.WorkerHeartbeat);
        return new RecordWorkerHeartbeatResponse();
    }
}
