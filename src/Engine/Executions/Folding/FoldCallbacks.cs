using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Executions.Resetting;
using AugmentedOS.Engine.Executions.Updates;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Update.V1;

namespace AugmentedOS.Engine.Executions.Folding;

/// <summary>The fold of completion callbacks: who wants to learn of the run's end, and how telling them goes.</summary>
internal static class FoldCallbacks
{
    public static RunState Apply(RunState state, NexusFact fact) => fact switch
    {
        CallbackAttemptFailed failed => Change(state, failed.Number, callback => callback with
        {
            Phase = failed.NextAttemptAt is null ? CompletionCallbackPhase.Failed : CompletionCallbackPhase.BackingOff,
            Attempts = callback.Attempts + 1,
            LastAttemptAt = failed.At,
            LastFailure = failed.Message,
            NextAttemptAt = failed.NextAttemptAt,
        }),
        CallbackAttemptScheduled scheduled => Change(state, scheduled.Number, callback => callback with
        {
            Phase = CompletionCallbackPhase.Scheduled,
            NextAttemptAt = null,
        }),
        CallbackSucceeded succeeded => Change(state, succeeded.Number, callback => callback with
        {
            Phase = CompletionCallbackPhase.Succeeded,
            Attempts = callback.Attempts + 1,
            LastAttemptAt = succeeded.At,
            LastFailure = "",
            NextAttemptAt = null,
            Outcome = null,
        }),
        _ => throw new InvalidOperationException($"A fact of type {fact.GetType().Name} has no fold."),
    };

    /// <summary>Adds the callbacks of a request.</summary>
    public static NexusState Register(
        NexusState nexus,
        IReadOnlyCollection<Callback> callbacks,
        string requestId,
        Instant at,
        string updateId = "")
    {
        if (callbacks.Count == 0)
        {
            return nexus;
        }

        var all = nexus.Callbacks.ToBuilder();
        foreach (var callback in callbacks.Where(c => c.VariantCase == Callback.VariantOneofCase.Nexus))
        {
            var number = all.Count + 1;
            all.Add(number, new CompletionCallback
            {
                Number = number,
                Callback = callback,
                RequestId = requestId,
                RegisteredAt = at,
                UpdateId = updateId,
            });
        }

        return nexus with { Callbacks = all.ToImmutable() };
    }

    /// <summary>Adds the callbacks of a start that found this run.</summary>
    public static RunState Attached(RunState state, HistoryEvent happened)
    {
        var attributes = happened.WorkflowExecutionOptionsUpdatedEventAttributes;
        return attributes.AttachedCompletionCallbacks.Count == 0 ? state : state with
        {
            Nexus = Register(
                state.Nexus,
                attributes.AttachedCompletionCallbacks,
                attributes.AttachedRequestId,
                Instant.From(happened.EventTime)),
        };
    }

    /// <summary>The run has ended: everybody who waits is told, unless it goes on as another run.</summary>
    public static NexusState Closed(RunState closed)
    {
        var close = closed.CloseEvent!;
        var nexus = FoldStandaloneOperation.Closed(closed.Nexus) with
        {
            Operations = NexusState.Empty.Operations,
            RequestsDue = 0,
        };
        if (nexus.Callbacks.IsEmpty)
        {
            return nexus;
        }

        // An update ends with its run, also where that goes on in another.
        nexus = FoldUpdateCallbacks.Closed(
            nexus, new Outcome { Failure = UpdateFailures.WorkflowCompleted() }, Instant.From(close.EventTime));
        var waiting = GoesOn(close) || ResetEnd.HasHeir(closed)
            ? []
            : nexus.Callbacks.Values.Where(callback => callback.UpdateId.Length == 0).ToList();
        return nexus with
        {
            Callbacks = nexus.Callbacks.SetItems(waiting.Select(callback => KeyValuePair.Create(
                callback.Number, callback with { Phase = CompletionCallbackPhase.Scheduled }))),
            CallbacksDue = nexus.CallbacksDue + waiting.Count,
        };
    }

    /// <summary>A run that continued as new or is retried has not ended for those who wait for it. Each cron run has an
    /// end of its own.</summary>
    private static bool GoesOn(HistoryEvent close) =>
        close.EventType == EventType.WorkflowExecutionContinuedAsNew
        || close.WorkflowExecutionFailedEventAttributes?.RetryState == RetryState.InProgress
        || close.WorkflowExecutionTimedOutEventAttributes?.RetryState == RetryState.InProgress;

    private static RunState Change(RunState state, long number, Func<CompletionCallback, CompletionCallback> change)
    {
        var before = state.Nexus.Callbacks[number];
        var after = change(before);
        var deadlines = state.Nexus.CallbackDeadlines;
        deadlines = before.NextDeadline is { } old ? deadlines.Remove(old) : deadlines;
        return state with
        {
            Nexus = state.Nexus with
            {
                Callbacks = state.Nexus.Callbacks.SetItem(number, after),
                CallbacksDue = state.Nexus.CallbacksDue + Due(after) - Due(before),
                CallbackDeadlines = after.NextDeadline is { } due ? deadlines.Add(due) : deadlines,
            },
        };
    }

    private static int Due(CompletionCallback callback) =>
        callback.Phase == CompletionCallbackPhase.Scheduled ? 1 : 0;
}
