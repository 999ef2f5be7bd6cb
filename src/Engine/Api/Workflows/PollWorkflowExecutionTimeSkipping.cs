using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Api.History;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Deliveries;
using AugmentedOS.Engine.Executions.TimeSkipping;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Workflows;

/// <summary>Waits for a workflow's fast-forward to be over, through the runs of its chain.</summary>
internal sealed class PollWorkflowExecutionTimeSkipping(NamespaceGate gate, RunWait wait, EngineLimits limits)
    : IRpc<PollWorkflowExecutionTimeSkippingRequest, PollWorkflowExecutionTimeSkippingResponse>
{
    private const string OtherId =
        "the requested fast_forward_id does not match the execution's current fast-forward";

    private const string WasReset = "the fast-forward was reset";
    private const string Ended = "the execution ended before the fast-forward completed";
    private const string Disabled = "time skipping was disabled before the fast-forward completed";

    public async ValueTask<Answer<PollWorkflowExecutionTimeSkippingResponse>> AnswerAsync(
        PollWorkflowExecutionTimeSkippingRequest request, Call call)
    {
        RunId? run = null;
        var refusal = gate.Enter(request.Namespace, out var ns)
            ?? ExecutionCheck.Check(request.WorkflowExecution, out run)
            ?? (limits.Features.WorkflowTimeSkipping ? null : TimeSkippingRules.NotEnabled)
            ?? (string.IsNullOrWhiteSpace(request.FastForwardId) ? TimeSkippingRules.NoFastForwardId : null);
        if (refusal is not null)
        {
            return refusal;
        }

        var workflow = new WorkflowKey(ns!.Id, request.WorkflowExecution.WorkflowId);
        Instant? target = null;
        while (true)
        {
            var looked = await wait.UntilAsync(
                workflow,
                run,
                state =>
                {
                    target ??= state.Time?.FastForwardTo;
                    return state.IsClosed || Outcome(state, request.FastForwardId, target) is not null;
                },
                call).ConfigureAwait(false);
            if (looked.IsRejected)
            {
                return looked.Rejection;
            }

            // Nothing is over while another run of the chain goes on with it.
            var state = looked.Response;
            var outcome = Outcome(state, request.FastForwardId, target);
            if (outcome is null && state.IsClosed)
            {
                run = null;
                continue;
            }

            return outcome ?? Answer(state, FastForwardPollingResult.PollTimeout);
        }
    }

    private static PollWorkflowExecutionTimeSkippingResponse? Outcome(RunState state, string id, Instant? target)
    {
        var time = state.Time;
        if (time?.FastForwardTo is not { } current || time.Config?.FastForwardConfig?.Id != id)
        {
            return Failed(state, OtherId);
        }

        if (current != target)
        {
            return Failed(state, WasReset);
        }

        if (time.IsFastForwardOver)
        {
            return Answer(state, FastForwardPollingResult.FastForwardCompleted);
        }

        if (state.IsClosed)
        {
            return ClosingDeliveries.HasSuccessor(state.CloseEvent!) ? null : Failed(state, Ended);
        }

        return time.IsEnabled ? null : Failed(state, Disabled);
    }

    private static PollWorkflowExecutionTimeSkippingResponse Failed(RunState state, string reason)
    {
        var answer = Answer(state, FastForwardPollingResult.FastForwardFailed);
        answer.FailedReason = reason;
        return answer;
    }

    private static PollWorkflowExecutionTimeSkippingResponse Answer(RunState state, FastForwardPollingResult result) => new()
    {
        FastForwardInfo = TimeSkippingDescription.FastForward(state.Time),
        FastForwardPollingResult = result,
    };
}
