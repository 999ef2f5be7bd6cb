using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Folding;

/// <summary>The fold of signals and cancel requests on their way to other workflows.</summary>
internal static class FoldExternals
{
    public static RunState SignalInitiated(RunState state, HistoryEvent happened) => state with
    {
        Externals = state.Externals.Add(happened.EventId, new PendingExternal(
            happened.EventId, happened.SignalExternalWorkflowExecutionInitiatedEventAttributes, null)),
        PendingExternalSignals = state.PendingExternalSignals + 1,
    };

    public static RunState CancelInitiated(RunState state, HistoryEvent happened) => state with
    {
        Externals = state.Externals.Add(happened.EventId, new PendingExternal(
            happened.EventId, null, happened.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes)),
        PendingExternalCancels = state.PendingExternalCancels + 1,
    };

    public static RunState Ended(RunState state, long initiatedEventId)
    {
        if (!state.Externals.TryGetValue(initiatedEventId, out var pending))
        {
            return state;
        }

        return state with
        {
            Externals = state.Externals.Remove(initiatedEventId),
            PendingExternalSignals = state.PendingExternalSignals - (pending.Signal is null ? 0 : 1),
            PendingExternalCancels = state.PendingExternalCancels - (pending.Cancel is null ? 0 : 1),
        };
    }
}
