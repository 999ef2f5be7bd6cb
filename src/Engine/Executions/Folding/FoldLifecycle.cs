using System.Collections.Immutable;
using AugmentedOS.Engine.Executions.Deliveries;
using AugmentedOS.Engine.Executions.TimeSkipping;
using Google.Protobuf.Collections;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Folding;

/// <summary>The fold of what happens to a run as a whole: signals, cancellation, properties, and its end.</summary>
internal static class FoldLifecycle
{
    public static RunState Signaled(RunState state, HistoryEvent happened)
    {
        var requestId = happened.WorkflowExecutionSignaledEventAttributes.RequestId;
        return state with
        {
            SignalCount = state.SignalCount + 1,
            SignalRequestIds = requestId.Length == 0 ? state.SignalRequestIds : state.SignalRequestIds.Add(requestId),
        };
    }

    public static RunState CancelRequested(RunState state) => state with { CancelRequested = true };

    public static RunState OptionsUpdated(RunState state, HistoryEvent happened)
    {
        var attributes = happened.WorkflowExecutionOptionsUpdatedEventAttributes;
        var time = attributes.TimeSkippingConfigUpdated
            ? RunTime.Updated(state.Time, attributes.TimeSkippingConfig, Instant.From(happened.EventTime))
            : state.Time;
        state = FoldUpdateCallbacks.Attached(
            state with { Options = state.Options.After(attributes), Time = time }, happened);
        state = Attached(state, happened);
        return attributes.UnsetVersioningOverride ? FoldVersioning.Overridden(state, null)
            : attributes.VersioningOverride is { } decreed ? FoldVersioning.Overridden(state, decreed)
            : state;
    }

    public static RunState TimeSkipped(RunState state, HistoryEvent happened) => state with
    {
        Time = state.Time!.After(
            happened.WorkflowExecutionTimeSkippingTransitionedEventAttributes, Instant.From(happened.EventTime)),
    };

    /// <summary>A request that was attached while events were buffered has its event id only now.</summary>
    public static RunState WireAttached(RunState state, HistoryEvent happened) =>
        happened.EventType == EventType.WorkflowExecutionOptionsUpdated ? Attached(state, happened) : state;

    private static RunState Attached(RunState state, HistoryEvent happened)
    {
        state = FoldUpdates.OptionsUpdated(state, happened);
        var requestId = happened.WorkflowExecutionOptionsUpdatedEventAttributes.AttachedRequestId;
        return requestId.Length == 0
            ? state
            : state with { AttachedRequestIds = state.AttachedRequestIds.SetItem(requestId, happened.EventId) };
    }

    public static RunState SearchAttributesUpserted(RunState state, HistoryEvent happened) => state with
    {
        SearchAttributes = Merge(
            state.SearchAttributes,
            happened.UpsertWorkflowSearchAttributesEventAttributes.SearchAttributes.IndexedFields),
    };

    public static RunState MemoModified(RunState state, HistoryEvent happened) => state with
    {
        Memo = Merge(state.Memo, happened.WorkflowPropertiesModifiedEventAttributes.UpsertedMemo.Fields),
    };

    /// <summary>Everything pending vanishes without an event; what others must learn becomes a delivery.</summary>
    public static RunState Closed(RunState state, HistoryEvent happened, WorkflowExecutionStatus status)
    {
        var closed = state with { Status = status, CloseEvent = happened };
        return closed with
        {
            Task = null,
            Activities = ImmutableDictionary<long, PendingActivity>.Empty,
            PausedActivities = state.PausedActivities.Clear(),
            ActivityIds = ImmutableDictionary<string, long>.Empty,
            Timers = ImmutableDictionary<string, PendingTimer>.Empty,
            Deadlines = [],
            Aside = closed.Aside with
            {
                PendingDeliveries = ClosingDeliveries.Of(closed),
                Externals = ImmutableDictionary<long, PendingExternal>.Empty,
                PendingExternalSignals = 0,
                PendingExternalCancels = 0,
                UnstartedChildren = 0,
                Nexus = FoldCallbacks.Closed(closed),
                Activity = FoldStandaloneActivity.Closed(state),
            },
        };
    }

    private static ImmutableSortedDictionary<string, Payload> Merge(
        ImmutableSortedDictionary<string, Payload> current, MapField<string, Payload> changes)
    {
        var merged = current.ToBuilder();
        foreach (var (name, payload) in changes)
        {
            if (NullPayloads.IsNull(payload))
            {
                merged.Remove(name);
            }
            else
            {
                merged[name] = payload;
            }
        }

        return merged.ToImmutable();
    }
}
