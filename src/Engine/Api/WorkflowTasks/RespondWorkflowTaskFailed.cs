using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Api.Tokens;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.WorkflowTasks;

/// <summary>A worker says that it could not carry out a workflow task.</summary>
internal sealed class RespondWorkflowTaskFailed(NamespaceGate gate, IExecutions executions)
    : IRpc<RespondWorkflowTaskFailedRequest, RespondWorkflowTaskFailedResponse>
{
    public async ValueTask<Answer<RespondWorkflowTaskFailedResponse>> AnswerAsync(
        RespondWorkflowTaskFailedRequest request, Call call)
    {
        var refusal = TaskToken.Decode(request.TaskToken, TaskTokenKind.WorkflowTask, out var token)
            ?? gate.Enter(request.Namespace, token.Run.Namespace, out _)
            ?? Lengths.Identity(request.Identity);
        if (refusal is not null)
        {
            return refusal;
        }

        var outcome = await executions
            .SubmitAsync(new FailWorkflowTask(token.Run, token.WorkflowTask, request))
            .ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : new RespondWorkflowTaskFailedResponse();
    }
}
