using AugmentedOS.Engine.Executions.Nexus;
using Google.Protobuf.Collections;
using Temporalio.Api.Common.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Update.V1;

namespace AugmentedOS.Engine.Executions.Folding;

/// <summary>The fold of those who want to be called when an update is done.</summary>
internal static class FoldUpdateCallbacks
{
    /// <summary>History has taken on a request with callbacks. One that it had already (a reset's) is not added again.</summary>
    public static RunState Requested(RunState state, Request? request, HistoryEvent happened) => request is null
        ? state
        : Register(state, request.Meta.UpdateId, request.RequestId, request.CompletionCallbacks, happened);

    /// <summary>Others want to be called as well.</summary>
    public static RunState Attached(RunState state, HistoryEvent happened) =>
        happened.WorkflowExecutionOptionsUpdatedEventAttributes.WorkflowUpdateOptions.Aggregate(
            state,
            (state, option) => Register(
                state, option.UpdateId, option.AttachedRequestId, option.AttachedCompletionCallbacks, happened));

    /// <summary>The update is done: who waits for it is to be called.</summary>
    public static RunState Ended(RunState state, string updateId, Outcome outcome, Instant at)
    {
        var waiting = state.Nexus.Callbacks.Values
            .Where(callback => callback.UpdateId == updateId && callback.Phase == CompletionCallbackPhase.Standby)
            .ToList();
        return waiting.Count == 0 ? state : state with { Nexus = Schedule(state.Nexus, waiting, outcome, at) };
    }

    /// <summary>The run has ended, and with it every update that it had accepted.</summary>
    public static NexusState Closed(NexusState nexus, Outcome outcome, Instant at) => Schedule(
        nexus,
        [
            .. nexus.Callbacks.Values.Where(callback =>
                callback.UpdateId.Length > 0 && callback.Phase == CompletionCallbackPhase.Standby),
        ],
        outcome,
        at);

    private static NexusState Schedule(
        NexusState nexus, List<CompletionCallback> waiting, Outcome outcome, Instant at) => nexus with
        {
            Callbacks = nexus.Callbacks.SetItems(waiting.Select(callback => KeyValuePair.Create(
                callback.Number,
                callback with { Phase = CompletionCallbackPhase.Scheduled, Outcome = outcome, EndedAt = at }))),
            CallbacksDue = nexus.CallbacksDue + waiting.Count,
        };

    private static RunState Register(
        RunState state,
        string updateId,
        string requestId,
        RepeatedField<Callback> callbacks,
        HistoryEvent happened)
    {
        var isKnown = callbacks.Count == 0 || state.Nexus.Callbacks.Values.Any(callback =>
            callback.UpdateId == updateId && callback.RequestId == requestId);
        return isKnown
            ? state
            : state with
            {
                Nexus = FoldCallbacks.Register(
                    state.Nexus, callbacks, requestId, Instant.From(happened.EventTime), updateId),
            };
    }
}
