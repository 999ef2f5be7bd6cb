using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Batch;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Namespaces;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Batch;

/// <summary>How far a batch operation is.</summary>
internal sealed class DescribeBatchOperation(NamespaceGate gate, EngineLimits limits, EntityHost<BatchState> host)
    : IRpc<DescribeBatchOperationRequest, DescribeBatchOperationResponse>
{
    public async ValueTask<Answer<DescribeBatchOperationResponse>> AnswerAsync(
        DescribeBatchOperationRequest request, Call call)
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

        var key = new EntityKey(EntityKind.BatchOperation, ns!.Id, request.JobId);
        var outcome = await host.SubmitAsync(new ReadEntity<BatchState>(
                key, static (state, _) => Describe(state), () => BatchRejections.NotFound(request.JobId)))
            .ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : (DescribeBatchOperationResponse)outcome.Reply;
    }

    private static DescribeBatchOperationResponse Describe(BatchState state)
    {
        var done = state.Succeeded + state.Failed;
        return new DescribeBatchOperationResponse
        {
            JobId = state.Key.Id,
            OperationType = state.Type,
            State = state.State,
            StartTime = state.StartedAt.ToTimestamp(),
            CloseTime = state.ClosedAt?.ToTimestamp(),
            Identity = state.Identity,
            Reason = state.Request.Reason,
            Query = state.Request.VisibilityQuery,
            Executions = { BatchOperations.Executions(state.Request) },

            // An estimate until it is over: runs come and go meanwhile.
            TotalOperationCount = state.Status == BatchStatus.Completed ? done : Math.Max(state.Total ?? 0, done),
            CompleteOperationCount = state.Succeeded,
            FailureOperationCount = state.Failed,
        };
    }
}
