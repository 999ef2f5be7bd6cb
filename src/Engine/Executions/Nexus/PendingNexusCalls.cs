using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.StandaloneActivities;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>The requests that are due because a run's state says so: nothing is queued.</summary>
internal static class PendingNexusCalls
{
    /// <summary>What this transition made due and is still due after it. Costs what the transition changed.</summary>
    public static IReadOnlyList<NexusCall> After(RunChange change)
    {
        var state = change.After;
        if (state.Nexus.RequestsDue == 0 && state.Nexus.CallbacksDue == 0)
        {
            return [];
        }

        if (change.Copied is not null || (state.IsClosed && change.Before is not { IsClosed: true }))
        {
            return All(state);
        }

        var calls = new List<NexusCall>();
        foreach (var fact in change.Facts)
        {
            switch (fact)
            {
                case NexusAttemptScheduled scheduled:
                    AddStart(calls, state, scheduled.ScheduledEventId);
                    break;
                case NexusCancelAttemptScheduled scheduled:
                    AddCancel(calls, state, scheduled.ScheduledEventId);
                    break;
                case AdmittedUpdateRejected rejected:
                    AddUpdate(calls, state, rejected.UpdateId);
                    break;
                case CallbackAttemptScheduled scheduled:
                    AddCompletion(calls, state, scheduled.Number);
                    break;
                case EventRecorded { Event: var happened }:
                    AddOf(calls, state, happened);
                    break;
                case EventBuffered { Event: var happened }:
                    AddOf(calls, state, happened);
                    break;
                default:
                    break;
            }
        }

        return calls;
    }

    /// <summary>Every request that is due, for a run that was just loaded.</summary>
    public static IReadOnlyList<NexusCall> All(RunState state)
    {
        var calls = new List<NexusCall>();
        if (state.Nexus.CallbacksDue > 0)
        {
            foreach (var number in state.Nexus.Callbacks.Keys.Order())
            {
                AddCompletion(calls, state, number);
            }
        }

        if (state.Nexus.RequestsDue > 0)
        {
            foreach (var scheduledEventId in state.Nexus.Operations.Keys.Order())
            {
                AddStart(calls, state, scheduledEventId);
                AddCancel(calls, state, scheduledEventId);
            }
        }

        return calls;
    }

    private static void AddOf(List<NexusCall> calls, RunState state, HistoryEvent happened)
    {
        switch (happened.EventType)
        {
            case EventType.WorkflowExecutionUpdateCompleted:
                AddUpdate(calls, state, happened.WorkflowExecutionUpdateCompletedEventAttributes.Meta.UpdateId);
                break;
            case EventType.NexusOperationScheduled:
                AddStart(calls, state, happened.EventId);
                break;
            case EventType.NexusOperationStarted:
                AddCancel(calls, state, happened.NexusOperationStartedEventAttributes.ScheduledEventId);
                break;
            case EventType.NexusOperationCancelRequested:
                AddCancel(calls, state, happened.NexusOperationCancelRequestedEventAttributes.ScheduledEventId);
                break;
            default:
                break;
        }
    }

    private static void AddStart(List<NexusCall> calls, RunState state, long scheduledEventId)
    {
        if (state.Nexus.Operations.TryGetValue(scheduledEventId, out var operation)
            && operation.Phase == NexusOperationPhase.Scheduled)
        {
            calls.Add(new StartOperationCall(state.Key, operation, state.Nexus.Standalone is not null));
        }
    }

    private static void AddCancel(List<NexusCall> calls, RunState state, long scheduledEventId)
    {
        if (state.Nexus.Operations.TryGetValue(scheduledEventId, out var operation)
            && operation.Cancellation?.Phase == NexusCancellationPhase.Scheduled)
        {
            calls.Add(new CancelOperationCall(state.Key, operation));
        }
    }

    private static void AddUpdate(List<NexusCall> calls, RunState state, string updateId)
    {
        foreach (var callback in state.Nexus.Callbacks.Values.Where(callback => callback.UpdateId == updateId))
        {
            AddCompletion(calls, state, callback.Number);
        }
    }

    private static void AddCompletion(List<NexusCall> calls, RunState state, long number)
    {
        var callback = state.Nexus.Callbacks[number];
        if (callback.Phase == CompletionCallbackPhase.Scheduled)
        {
            var completion = callback.UpdateId.Length > 0 ? UpdateCompletion.Of(state, callback)
                : state.Activity is not null ? ActivityEnds.CompletionOf(state)
                : WorkflowCompletion.Of(state, callback);
            calls.Add(new CompletionCall(state.Key, callback, completion));
        }
    }
}
