using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Workers;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Workers;

/// <summary>Workers say that they are alive and how they do.</summary>
internal sealed class RecordWorkerHeartbeat(NamespaceGate gate, EngineLimits limits, WorkerRegistry workers)
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

        // A worker sends them whatever the namespace says, and is not to be troubled with an error.
        if (!limits.In(ns.Name).Features.WorkerHeartbeats)
        {
            return new RecordWorkerHeartbeatResponse();
        }

        workers.Record(ns.Id, request.WorkerHeartbeat);
        return new RecordWorkerHeartbeatResponse();
    }
}
