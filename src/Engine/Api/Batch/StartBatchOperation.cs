using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Batch;
using AugmentedOS.Engine.Batch.Inputs;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Namespaces;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Batch;

/// <summary>Begins to do one thing to many runs, in the background.</summary>
internal sealed class StartBatchOperation(NamespaceGate gate, EngineLimits limits, EntityHost<BatchState> host)
    : IRpc<StartBatchOperationRequest, StartBatchOperationResponse>
{
    public async ValueTask<Answer<StartBatchOperationResponse>> AnswerAsync(
        StartBatchOperationRequest request, Call call)
    {
        NamespaceInfo? ns = null;
        if ((BatchChecks.Enabled(limits.In(request.Namespace)) ?? gate.Enter(request.Namespace, out ns)
            ?? BatchChecks.Check(request, ns!, limits.In(request.Namespace)) ?? Lengths.Check(request.JobId, "JobId")) is { } refusal)
        {
            return refusal;
        }

        var key = new EntityKey(EntityKind.BatchOperation, ns!.Id, request.JobId);
        var outcome = await host
            .SubmitAsync(new StartBatch(key, request, limits.In(request.Namespace).MaxConcurrentBatches))
            .ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : new StartBatchOperationResponse();
    }
}
