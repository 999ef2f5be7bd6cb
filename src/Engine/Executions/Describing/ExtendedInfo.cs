using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;

namespace AugmentedOS.Engine.Executions.Describing;

/// <summary>The lesser-known part of a description: expirations, cancellation, and which request caused which
/// event.</summary>
internal static class ExtendedInfo
{
    public static WorkflowExecutionExtendedInfo Of(RunState state)
    {
        var info = new WorkflowExecutionExtendedInfo
        {
            ExecutionExpirationTime = RunExpiry.ExecutionExpiry(state)?.ToTimestamp(),
            RunExpirationTime = state.RunExpiresAt?.ToTimestamp(),
            CancelRequested = state.CancelRequested,
            PauseInfo = state.Pause?.ToInfo(),
            OriginalStartTime = (state.Origin?.FirstStartedAt ?? state.StartedAt).ToTimestamp(),
            LastResetTime = state.Origin?.At.ToTimestamp(),
            ResetRunId = state.Successor?.Run.ToString() ?? "",
        };
        info.RequestIdInfos[state.StartRequestId] = new RequestIdInfo
        {
            EventId = 1,
            EventType = EventType.WorkflowExecutionStarted,
        };
        foreach (var (requestId, eventId) in state.AttachedRequestIds)
        {
            info.RequestIdInfos[requestId] = new RequestIdInfo
            {
                EventId = eventId,
                EventType = EventType.WorkflowExecutionOptionsUpdated,
                Buffered = eventId == 0,
            };
        }

        foreach (var (requestId, named) in state.Updates.RequestIds)
        {
            info.RequestIdInfos[requestId] = new RequestIdInfo
            {
                EventId = named.EventId,
                EventType = named.Type,
                Buffered = named.EventId == 0,
            };
        }

        return info;
    }
}
