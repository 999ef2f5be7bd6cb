using AugmentedOS.Engine.Executions.Updates;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>An update's end as the end of the operation that it served.</summary>
internal static class UpdateCompletion
{
    /// <remarks>The links name no namespace: who makes the call knows its name.</remarks>
    public static NexusCompletion Of(RunState state, CompletionCallback callback)
    {
        var outcome = callback.Outcome!;
        return new NexusCompletion
        {
            Result = outcome.Failure is null
                ? outcome.Success?.Payloads_.FirstOrDefault() ?? NullPayload.Instance
                : null,
            Failure = outcome.Failure,
            StartedAt = callback.RegisteredAt,
            ClosedAt = callback.EndedAt,
            Links = [LinkTo(state, callback.RequestId)],
        };
    }

    /// <summary>By the request: its event is known by that, also where it was buffered.</summary>
    private static Link LinkTo(RunState state, string requestId) => new()
    {
        WorkflowEvent = new Link.Types.WorkflowEvent
        {
            WorkflowId = state.Key.WorkflowId,
            RunId = state.Key.Run.ToString(),
            RequestIdRef = new Link.Types.WorkflowEvent.Types.RequestIdReference
            {
                RequestId = requestId,
                EventType = state.Updates.RequestIds.TryGetValue(requestId, out UpdateRequestEvent named)
                    ? named.Type
                    : EventType.WorkflowExecutionUpdateAccepted,
            },
        },
    };
}
