using System.Collections.Immutable;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Executions.Options;
using AugmentedOS.Engine.Executions.TimeSkipping;
using Temporalio.Api.Common.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Folding;

/// <summary>State is the fold of a run's facts. Pure, and the only code that makes a new state from an old one.</summary>
internal static class Fold
{
    /// <summary>The state after a run's first fact.</summary>
    public static RunState Begin(RunKey key, RunStarted birth)
    {
        var started = birth.Event.WorkflowExecutionStartedEventAttributes;
        var at = Instant.From(birth.Event.EventTime);
        var state = new RunState
        {
            Birth = new RunBirth(key, started, at, birth.RequestId, birth.Event.UserMetadata),
            NextEventId = 2,
            HistorySize = birth.Event.CalculateSize(),
            Aside = RunAside.Empty with
            {
                Options = RunOptions.Of(started),
                Time = RunTime.Of(started, at),
                ResetPoints = [.. started.PrevAutoResetPoints?.Points ?? []],
                Memo = ToSorted(started.Memo?.Fields),
                SearchAttributes = ToSorted(started.SearchAttributes?.IndexedFields),
                Nexus = FoldCallbacks.Register(NexusState.Empty, started.CompletionCallbacks, birth.RequestId, at),
            },
        };
        return FoldVersioning.Begin(state, started);
    }

    /// <summary>The state after a whole transition; counts it.</summary>
    public static RunState Transition(RunState? state, RunKey key, IEnumerable<Fact> facts)
    {
        foreach (var fact in facts)
        {
            state = state is null ? Begin(key, (RunStarted)fact) : Apply(state, fact);
        }

        return EndTransition(state!);
    }

    /// <summary>Marks the end of a transition, which state counts.</summary>
    public static RunState EndTransition(RunState state) => state with { Transitions = state.Transitions + 1 };

    /// <summary>The state after one more fact.</summary>
    public static RunState Apply(RunState state, Fact fact) => fact switch
    {
        RunStarted => throw new InvalidOperationException($"{state.Key} was started twice."),
        EventRecorded recorded => FoldEvent.Apply(Append(state, recorded.Event), recorded.Event),
        EventBuffered buffered => FoldEvent.Apply(
            state with
            {
                Buffered = state.Buffered.Add(buffered.Event),
                BufferedBytes = state.BufferedBytes + buffered.Event.CalculateSize(),
            },
            buffered.Event),
        BufferFlushed => state with { Buffered = [], BufferedBytes = 0 },
        BufferedEventRecorded recorded => FoldLifecycle.WireAttached(
            FoldChildren.WireStarted(Append(state, recorded.Event), recorded.Event), recorded.Event),
        BufferedTimerFiredRevoked revoked => FoldTimers.Revoke(state, revoked),
        TransientTaskScheduled scheduled => FoldWorkflowTask.TransientScheduled(state, scheduled),
        TransientTaskStarted started => FoldWorkflowTask.TransientStarted(state, started),
        HeartbeatContinued heartbeat => state with
        {
            Task = state.Task! with { OriginalScheduledAt = heartbeat.OriginalScheduledAt },
        },
        StickyQueueSet sticky => state with { Sticky = new StickyQueue(sticky.Queue, sticky.ScheduleToStart) },
        StickyQueueCleared => state with { Sticky = null },
        ActivityAttemptStarted started => FoldStandaloneActivity.After(FoldActivities.AttemptStarted(state, started), fact),
        ActivityRetryScheduled retry => FoldStandaloneActivity.After(FoldActivities.RetryScheduled(state, retry), fact),
        ActivityBackoffElapsed elapsed => FoldActivities.BackoffElapsed(state, elapsed),
        ActivityHeartbeatRecorded heartbeat => FoldStandaloneActivity.After(
            FoldActivities.HeartbeatRecorded(state, heartbeat), fact),
        NexusFact nexus => FoldNexus.Apply(state, nexus),
        TaskPatienceLimited limited => state with
        {
            Task = state.Task! with { ScheduleToStartDeadline = limited.Deadline },
        },
        AdmittedUpdateRejected rejected => FoldUpdates.Rejected(state, rejected),
        ActivityPaused paused => FoldStandaloneActivity.After(FoldActivityControl.Paused(state, paused), fact),
        ActivityUnpaused unpaused => FoldActivityControl.Unpaused(state, unpaused),
        ActivityWasReset reset => FoldActivityControl.WasReset(state, reset),
        ActivityOptionsChanged changed => FoldActivityControl.OptionsChanged(state, changed),
        StandaloneActivityFact standalone => FoldStandaloneActivity.Apply(state, standalone),
        RunReset reset => FoldResets.Reset(state, reset),
        RunForked forked => FoldResets.Forked(state, forked),
        ResetAncestorKnown known => FoldResets.AncestorKnown(state, known),
        ChildReplaced replaced => FoldResets.ChildReplaced(state, replaced),
        ParentInformed => state with { IsParentInformed = true },
        DeletionRequested => state with { IsDeletionRequested = true },
        VersionTransitionBegun begun => FoldVersioning.Begun(state, begun),
        VersionTargetNoted noted => FoldVersioning.Noted(state, noted),
        DeliveryCompleted delivered => state with
        {
            PendingDeliveries = state.PendingDeliveries.Remove(delivered.DeliveryId),
        },
        _ => throw new InvalidOperationException($"A fact of type {fact.GetType().Name} has no fold."),
    };

    private static RunState Append(RunState state, HistoryEvent recorded)
    {
        if (recorded.EventId != state.NextEventId)
        {
            throw new InvalidOperationException(
                $"Event {recorded.EventId} ({recorded.EventType}) does not follow {state.LastEventId} in {state.Key}.");
        }

        return state with
        {
            NextEventId = state.NextEventId + 1,
            HistorySize = state.HistorySize + recorded.CalculateSize(),
        };
    }

    private static ImmutableSortedDictionary<string, Payload> ToSorted(IDictionary<string, Payload>? fields) =>
        fields is null or { Count: 0 }
            ? RunAside.Empty.Memo
            : ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, fields);
}
