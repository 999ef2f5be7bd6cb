using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Api.WorkflowTasks;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Workflows;

/// <summary>Starts a workflow, or finds the run that serves the request.</summary>
internal sealed class StartWorkflowExecution(
    NamespaceGate gate, StartLimits limits, IExecutions executions, WorkflowTaskResponses tasks)
    : IRpc<StartWorkflowExecutionRequest, StartWorkflowExecutionResponse>
{
    public async ValueTask<Answer<StartWorkflowExecutionResponse>> AnswerAsync(
        StartWorkflowExecutionRequest request, Call call)
    {
        if ((gate.EnterToStart(request.Namespace, out var ns) ?? limits.Check(request, ns)) is { } refusal)
        {
            return refusal;
        }

        var outcome = await executions
            .SubmitAsync(new StartExecution(new WorkflowKey(ns.Id, request.WorkflowId), request))
            .ConfigureAwait(false);
        if (outcome.IsRejected)
        {
            return outcome.Rejection;
        }

        var started = (StartedExecution)outcome.Reply;
        return new StartWorkflowExecutionResponse
        {
            RunId = started.RunId.ToString(),
            FirstExecutionRunId = started.FirstRunId,
            Started = started.Started,
            Status = started.Status,
            Link = started.Link,
            EagerWorkflowTask = started.Eager is null ? null : tasks.Of(started.Eager),
        };
    }
}
