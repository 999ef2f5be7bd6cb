using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Starting;

/// <summary>Recognizes a start that was already served: a client tries again when an answer got lost. Only the current
/// run is asked, and it is asked before any policy.</summary>
internal static class KnownStart
{
    private const long EagerTaskStartedEventId = 3;

    public static StartedExecution? Find(
        RunState state, StartWorkflowExecutionRequest request, DecisionContext context)
    {
        if (request.RequestId.Length == 0)
        {
            return null;
        }

        if (request.RequestId == state.StartRequestId)
        {
            return new StartedExecution(
                state.Key.Run,
                Started: true,
                state.Status,
                state.Started.FirstExecutionRunId,
                EventLinks.ToEvent(state.Key, context, 1, EventType.WorkflowExecutionStarted),
                EagerTaskAgain(state, request));
        }

        return state.AttachedRequestIds.ContainsKey(request.RequestId)
            ? new StartedExecution(
                state.Key.Run,
                Started: false,
                state.Status,
                state.Started.FirstExecutionRunId,
                EventLinks.ToRequest(
                    state.Key, context, request.RequestId, EventType.WorkflowExecutionOptionsUpdated))
            : null;
    }

    private static StartedWorkflowTask? EagerTaskAgain(RunState state, StartWorkflowExecutionRequest request) =>
        request.RequestEagerExecution && state.Started.EagerExecutionAccepted
        && state.Task is { StartedEventId: EagerTaskStartedEventId, Attempt: 1 }
            ? new StartedWorkflowTask(state, FirstEventId: 1)
            : null;
}
