using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Options;
using AugmentedOS.Engine.Executions.TimeSkipping;
using AugmentedOS.Engine.Runtime;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Workflows;

/// <summary>Changes an open run's priority or versioning override.</summary>
internal sealed class UpdateWorkflowExecutionOptions(NamespaceGate gate, EngineLimits limits, IExecutions executions)
    : IRpc<UpdateWorkflowExecutionOptionsRequest, UpdateWorkflowExecutionOptionsResponse>
{
    public async ValueTask<Answer<UpdateWorkflowExecutionOptionsResponse>> AnswerAsync(
        UpdateWorkflowExecutionOptionsRequest request, Call call)
    {
        if (string.IsNullOrEmpty(request.WorkflowExecution?.WorkflowId))
        {
            return Rejection.InvalidArgument("WorkflowId is not set on request.");
        }

        if (Problem(request) is { } problem)
        {
            return Rejection.InvalidArgument(problem);
        }

        var limit = limits.In(request.Namespace);
        if (TimeSkippingRules.Check(request.WorkflowExecutionOptions.TimeSkippingConfig, limit) is { } wrongTime)
        {
            return wrongTime;
        }

        RunId? run = null;
        if ((gate.Enter(request.Namespace, out var ns) ?? ExecutionCheck.Check(request.WorkflowExecution, out run))
            is { } refusal)
        {
            return refusal;
        }

        var outcome = await executions
            .SubmitAsync(new UpdateExecutionOptions(
                new WorkflowKey(ns.Id, request.WorkflowExecution.WorkflowId), run, request))
            .ConfigureAwait(false);
        return outcome.IsRejected
            ? outcome.Rejection
            : new UpdateWorkflowExecutionOptionsResponse
            {
                WorkflowExecutionOptions = ((UpdatedExecutionOptions)outcome.Reply).Options,
            };
    }

    private static string? Problem(UpdateWorkflowExecutionOptionsRequest request)
    {
        if (request.UpdateMask is null)
        {
            return "UpdateMask is required";
        }

        if (request.WorkflowExecutionOptions is null)
        {
            return "WorkflowExecutionOptions is required";
        }

        return OptionsMerge.UnknownPath(request.UpdateMask) is { } unknown
            ? $"error parsing UpdateMask: {unknown}"
            : PriorityRules.Validate(request.WorkflowExecutionOptions.Priority);
    }
}
