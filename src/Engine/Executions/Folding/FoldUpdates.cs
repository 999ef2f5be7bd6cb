using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Updates;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Update.V1;

namespace AugmentedOS.Engine.Executions.Folding;

/// <summary>The fold of what history says of updates.</summary>
internal static class FoldUpdates
{
    /// <summary>A reset put the request into the new run's history, for its worker to read there.</summary>
    public static RunState Admitted(RunState state, HistoryEvent happened)
    {
        var request = happened.WorkflowExecutionUpdateAdmittedEventAttributes.Request;
        var id = request.Meta.UpdateId;
        state = FoldUpdateCallbacks.Requested(state, request, happened);
        var updates = WithRequest(state.Updates, request.RequestId, happened);
        return updates.Known.ContainsKey(id)
            ? state
            : state with
            {
                Updates = updates with
                {
                    Known = updates.Known.Add(id, new KnownUpdate(UpdateStage.Admitted, happened.EventId)),
                    Admitted = updates.Admitted.Add(happened.EventId, id),
                },
            };
    }

    public static RunState Accepted(RunState state, HistoryEvent happened)
    {
        var attributes = happened.WorkflowExecutionUpdateAcceptedEventAttributes;
        var id = attributes.ProtocolInstanceId;
        state = FoldUpdateCallbacks.Requested(state, attributes.AcceptedRequest, happened);
        var updates = WithRequest(
            WithoutAdmission(state.Updates, id), attributes.AcceptedRequest?.RequestId ?? "", happened);
        return state with
        {
            Updates = updates with
            {
                Known = updates.Known.SetItem(id, new KnownUpdate(UpdateStage.Accepted, happened.EventId)),
            },
        };
    }

    public static RunState Completed(RunState state, HistoryEvent happened)
    {
        var attributes = happened.WorkflowExecutionUpdateCompletedEventAttributes;
        var id = attributes.Meta.UpdateId;
        state = FoldUpdateCallbacks.Ended(state, id, attributes.Outcome, Instant.From(happened.EventTime));
        return state with
        {
            Updates = state.Updates with
            {
                Known = state.Updates.Known.SetItem(id, new KnownUpdate(UpdateStage.Completed, happened.EventId)),
                Completed = state.Updates.Completed + 1,
            },
        };
    }

    /// <summary>Others asked for an update that was known. Buffered, the event has its id only when it enters
    /// history.</summary>
    public static RunState OptionsUpdated(RunState state, HistoryEvent happened)
    {
        var options = happened.WorkflowExecutionOptionsUpdatedEventAttributes.WorkflowUpdateOptions;
        return options.Count == 0
            ? state
            : state with
            {
                Updates = options.Aggregate(
                    state.Updates, (updates, option) => WithRequest(updates, option.AttachedRequestId, happened)),
            };
    }

    public static RunState Rejected(RunState state, AdmittedUpdateRejected rejected)
    {
        var updates = WithoutAdmission(state.Updates, rejected.UpdateId);
        state = state with { Updates = updates with { Known = updates.Known.Remove(rejected.UpdateId) } };
        return FoldUpdateCallbacks.Ended(
            state, rejected.UpdateId, new Outcome { Failure = rejected.Failure ?? new Failure() }, rejected.At);
    }

    private static UpdatesState WithRequest(UpdatesState updates, string requestId, HistoryEvent happened) =>
        requestId.Length == 0
            ? updates
            : updates with
            {
                RequestIds = updates.RequestIds.SetItem(
                    requestId, new UpdateRequestEvent(happened.EventType, happened.EventId)),
            };

    private static UpdatesState WithoutAdmission(UpdatesState updates, string id) =>
        updates.Known.TryGetValue(id, out var known) && known.Stage == UpdateStage.Admitted
            ? updates with { Admitted = updates.Admitted.Remove(known.EventId) }
            : updates;
}
