using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.WorkflowTasks;

/// <summary>Makes a run's next workflow task go to the normal queue.</summary>
internal sealed class ResetStickyTaskQueue(NamespaceGate gate, IExecutions executions)
    : IRpc<ResetStickyTaskQueueRequest, ResetStickyTaskQueueResponse>
{
    public async ValueTask<Answer<ResetStickyTaskQueueResponse>> AnswerAsync(
        ResetStickyTaskQueueRequest request, Call call)
    {
        RunId? run = null;
        if ((gate.Enter(request.Namespace, out var ns) ?? ExecutionCheck.Check(request.Execution, out run))
            is { } refusal)
        {
            return refusal;
        }

        var outcome = await executions
            .SubmitAsync(new ResetStickiness(new WorkflowKey(ns.Id, request.Execution.WorkflowId), run))
            .ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : new ResetStickyTaskQueueResponse();
    }
}
