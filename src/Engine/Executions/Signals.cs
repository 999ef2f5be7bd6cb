using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Starting;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>The rules of signals, however they arrive.</summary>
internal static class Signals
{
    private const string LimitExceeded = "exceeded workflow execution limit for signal events";
    private const string Closing = "workflow operation can not be applied because workflow is closing";

    /// <summary>Whether this run has the signal already: a client's retry, and the first one counted.</summary>
    public static bool IsKnown(RunState state, string requestId) =>
        requestId.Length > 0 && state.SignalRequestIds.Contains(requestId);

    /// <summary>Whether an open run can take another signal; null when it can.</summary>
    public static Rejection? Refuse(RunState state, DecisionContext context)
    {
        if (state.SignalCount >= context.Limits.MaxSignals)
        {
            return Rejection.InvalidArgument(LimitExceeded);
        }

        // The workflow tried to close and a signal came between; were it to lose again and again, it would never close.
        return state is { IsClosing: true, Task.IsStarted: true }
            ? Rejection.ResourceExhausted(ResourceExhaustedCause.BusyWorkflow, Closing)
            : null;
    }

    public static void Record(Draft draft, SignalWorkflowExecutionRequest request, ExternalSender? sender) =>
        draft.RecordOrBuffer(EventType.WorkflowExecutionSignaled, e =>
        {
            e.WorkflowExecutionSignaledEventAttributes = new WorkflowExecutionSignaledEventAttributes
            {
                SignalName = request.SignalName,
                Input = request.Input,
                Identity = request.Identity,
                Header = request.Header,
                ExternalWorkflowExecution = sender?.Execution,
                RequestId = request.RequestId,
            };
            e.Links.AddRange(request.Links);
        });

    public static SignaledExecution Reply(RunState state, string requestId, DecisionContext context) => new(
        EventLinks.ToRequest(state.Key, context, requestId, EventType.WorkflowExecutionSignaled));
}
