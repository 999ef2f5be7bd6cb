using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Executions.Describing;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Speculation;
using AugmentedOS.Engine.Executions.TimeSkipping;
using AugmentedOS.Engine.Runtime;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Workflows;

/// <summary>All that may be told of a run.</summary>
internal sealed class DescribeWorkflowExecution(NamespaceGate gate, IExecutions executions, TimeProvider time)
    : IRpc<DescribeWorkflowExecutionRequest, DescribeWorkflowExecutionResponse>
{
    public async ValueTask<Answer<DescribeWorkflowExecutionResponse>> AnswerAsync(
        DescribeWorkflowExecutionRequest request, Call call)
    {
        RunId? run = null;
        if ((gate.Enter(request.Namespace, out var ns) ?? ExecutionCheck.Check(request.Execution, out run))
            is { } refusal)
        {
            return refusal;
        }

        var outcome = await executions
            .SubmitAsync(new InspectLive(
                new WorkflowKey(ns.Id, request.Execution.WorkflowId), run, Describe))
            .ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : (DescribeWorkflowExecutionResponse)outcome.Reply;
    }

    private DescribeWorkflowExecutionResponse Describe(LiveRun run)
    {
        var description = ExecutionDescription.Of(run);
        description.WorkflowExtendedInfo.TimeSkippingInfo =
            TimeSkippingDescription.Of(run.Written, Instant.From(time.GetUtcNow()));
        return description;
    }
}
