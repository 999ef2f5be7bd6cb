using System.Collections.Immutable;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Nexus;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Folding;

/// <summary>The fold of Nexus operations: those that history shows and the attempts that it does not.</summary>
internal static class FoldNexus
{
    public static RunState Apply(RunState state, NexusFact fact) => fact switch
    {
        NexusAttemptFailed failed => Change(state, failed.ScheduledEventId, operation => operation with
        {
            Phase = NexusOperationPhase.BackingOff,
            Attempts = operation.Attempts + 1,
            LastAttemptAt = failed.At,
            LastFailure = failed.Failure,
            NextAttemptAt = failed.NextAttemptAt,
        }),
        NexusAttemptScheduled scheduled => Change(state, scheduled.ScheduledEventId, operation => operation with
        {
            Phase = NexusOperationPhase.Scheduled,
            NextAttemptAt = null,
        }),
        NexusCancelAttemptFailed failed => ChangeCancellation(state, failed.ScheduledEventId, cancel => cancel with
        {
            Phase = NexusCancellationPhase.BackingOff,
            Attempts = cancel.Attempts + 1,
            LastAttemptAt = failed.At,
            LastFailure = failed.Failure,
            NextAttemptAt = failed.NextAttemptAt,
        }),
        NexusCancelAttemptScheduled scheduled => ChangeCancellation(
            state,
            scheduled.ScheduledEventId,
            cancel => cancel with { Phase = NexusCancellationPhase.Scheduled, NextAttemptAt = null }),
        NexusCancelSettled settled => Settle(state, settled.ScheduledEventId, settled.At, settled.Failure),
        StandaloneOperationBegan or StandaloneOperationAsked => FoldStandaloneOperation.Apply(state, fact),
        CallbackAttemptFailed or CallbackAttemptScheduled or CallbackSucceeded => FoldCallbacks.Apply(state, fact),
        _ => throw new InvalidOperationException($"A fact of type {fact.GetType().Name} has no fold."),
    };

    public static RunState Scheduled(RunState state, HistoryEvent happened) => Replace(state, null, new NexusOperation
    {
        ScheduledEventId = happened.EventId,
        Attributes = happened.NexusOperationScheduledEventAttributes,
        ScheduledAt = Instant.From(happened.EventTime),
    });

    public static RunState Started(RunState state, HistoryEvent happened)
    {
        var attributes = happened.NexusOperationStartedEventAttributes;
        var at = Instant.From(happened.EventTime);
        state = FoldStandaloneOperation.Linked(state, happened);
        return Change(state, attributes.ScheduledEventId, operation => operation with
        {
            Phase = NexusOperationPhase.Started,
            Attempts = operation.Attempts + 1,
            LastAttemptAt = at,
            LastFailure = null,
            NextAttemptAt = null,
            StartedAt = at,
            Token = attributes.OperationToken,
            Cancellation = operation.Cancellation is { } waiting ? Send(waiting, at) : null,
        });
    }

    public static RunState CancelRequested(RunState state, HistoryEvent happened)
    {
        var at = Instant.From(happened.EventTime);
        var asked = new NexusCancellation { RequestedEventId = happened.EventId };
        return Change(
            state,
            happened.NexusOperationCancelRequestedEventAttributes.ScheduledEventId,
            operation => operation with { Cancellation = operation.IsStarted ? Send(asked, at) : asked });
    }

    /// <summary>How the request to cancel ended; the operation itself goes on.</summary>
    public static RunState CancelCompleted(RunState state, HistoryEvent happened) => Settle(
        state,
        happened.NexusOperationCancelRequestCompletedEventAttributes.ScheduledEventId,
        Instant.From(happened.EventTime),
        failure: null);

    public static RunState CancelFailed(RunState state, HistoryEvent happened) => Settle(
        state,
        happened.NexusOperationCancelRequestFailedEventAttributes.ScheduledEventId,
        Instant.From(happened.EventTime),
        happened.NexusOperationCancelRequestFailedEventAttributes.Failure);

    public static RunState Ended(RunState state, HistoryEvent happened, long scheduledEventId) =>
        state.Nexus.Operations.TryGetValue(scheduledEventId, out var operation)
            ? Replace(FoldStandaloneOperation.Ended(state, operation, happened), operation, null)
            : state;

    private static NexusCancellation Send(NexusCancellation cancellation, Instant at) =>
        cancellation with { Phase = NexusCancellationPhase.Scheduled, RequestedAt = at };

    private static RunState Settle(
        RunState state, long scheduledEventId, Instant at, Failure? failure) =>
        ChangeCancellation(state, scheduledEventId, cancel => cancel with
        {
            Phase = failure is null ? NexusCancellationPhase.Succeeded : NexusCancellationPhase.Failed,
            Attempts = cancel.Attempts + 1,
            LastAttemptAt = at,
            LastFailure = failure,
            NextAttemptAt = null,
        });

    private static RunState ChangeCancellation(
        RunState state, long scheduledEventId, Func<NexusCancellation, NexusCancellation> change) => Change(
        state,
        scheduledEventId,
        operation => operation with { Cancellation = change(operation.Cancellation!) });

    /// <summary>Changes an operation, if it has not ended: an event may come out of the buffer after its end.</summary>
    private static RunState Change(RunState state, long scheduledEventId, Func<NexusOperation, NexusOperation> change) =>
        state.Nexus.Operations.TryGetValue(scheduledEventId, out var operation)
            ? Replace(state, operation, change(operation))
            : state;

    private static RunState Replace(RunState state, NexusOperation? before, NexusOperation? after)
    {
        var deadlines = Move(state.Deadlines, before?.NextDeadline, after?.NextDeadline);
        var operations = state.Nexus.Operations;
        return state with
        {
            Deadlines = Move(deadlines, before?.CancellationDeadline, after?.CancellationDeadline),
            Nexus = state.Nexus with
            {
                Operations = after is null
                    ? operations.Remove(before!.ScheduledEventId)
                    : operations.SetItem(after.ScheduledEventId, after),
                RequestsDue = state.Nexus.RequestsDue + (after?.RequestsDue ?? 0) - (before?.RequestsDue ?? 0),
            },
        };
    }

    private static ImmutableSortedSet<Deadline> Move(
        ImmutableSortedSet<Deadline> deadlines, Deadline? was, Deadline? will)
    {
        if (was == will)
        {
            return deadlines;
        }

        deadlines = was is { } old ? deadlines.Remove(old) : deadlines;
        return will is { } due ? deadlines.Add(due) : deadlines;
    }
}
