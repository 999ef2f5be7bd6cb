using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Batch;
using AugmentedOS.Engine.Batch.Inputs;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Namespaces;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Batch;

/// <summary>Ends a batch operation where it is.</summary>
internal sealed class StopBatchOperation(NamespaceGate gate, EngineLimits limits, EntityHost<BatchState> host)
    : IRpc<StopBatchOperationRequest, StopBatchOperationResponse>
{
    public async ValueTask<Answer<StopBatchOperationResponse>> AnswerAsync(StopBatchOperationRequest request, Call call)
    {
        if (request.JobId.Length == 0)
        {
            return Rejection.InvalidArgument("JobId is not set on request.");
        }

        NamespaceInfo? ns = null;
        if ((BatchChecks.Enabled(limits.In(request.Namespace)) ?? gate.Enter(request.Namespace, out ns)) is { } refusal)
        {
            return refusal;
        }

        if (request.Reason.Length == 0)
        {
            return Rejection.InvalidArgument("Reason is not set on request.");
        }

        var key = new EntityKey(EntityKind.BatchOperation, ns!.Id, request.JobId);
        var outcome = await host.SubmitAsync(new StopBatch(key)).ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : new StopBatchOperationResponse();
    }
}
