using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Visibility;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Batch.Running;

/// <summary>Does to one run what a batch operation is about. Done twice, it changes nothing more, but that activities
/// which are reset begin again twice.</summary>
internal sealed class BatchItems(IExecutions executions, BatchResets resets)
{
    /// <param name="settled">Called once, on an unspecified thread, when the outcome is durable.</param>
    public void Carry(BatchState batch, NumberedRun target, Action<Outcome> settled)
    {
        if (batch.Request.OperationCase == StartBatchOperationRequest.OperationOneofCase.ResetOperation)
        {
            resets.Reset(batch, target, settled);
        }
        else
        {
            executions.Submit(BatchInputs.For(batch, target), settled);
        }
    }
}
