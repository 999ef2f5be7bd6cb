using AugmentedOS.Engine.Executions.Facts;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>Moves buffered events into history when the workflow task they waited for has ended.</summary>
internal static class BufferedEvents
{
    /// <summary>
    /// Everything else in arrival order first, then what completes an activity or a child, so that a signal that came
    /// after a completion still precedes it. A completion's reference to its started event is wired here, because the
    /// started event had no id before.
    /// </summary>
    public static bool Flush(Draft draft)
    {
        var buffered = draft.State.Buffered;
        if (buffered.IsEmpty)
        {
            return false;
        }

        draft.Emit(new BufferFlushed());
        var startedIds = new Dictionary<long, long>();
        foreach (var waiting in buffered.Where(e => !IsCompletion(e)).Concat(buffered.Where(IsCompletion)))
        {
            var recorded = waiting.Clone();
            recorded.EventId = draft.State.NextEventId;
            WireStartedId(recorded, startedIds);
            draft.Emit(new BufferedEventRecorded(recorded));
        }

        return true;
    }

    private static bool IsCompletion(HistoryEvent buffered) => buffered.EventType is
        EventType.ActivityTaskCompleted or EventType.ActivityTaskFailed or EventType.ActivityTaskTimedOut
        or EventType.ActivityTaskCanceled
        or EventType.ChildWorkflowExecutionCompleted or EventType.ChildWorkflowExecutionFailed
        or EventType.ChildWorkflowExecutionTimedOut or EventType.ChildWorkflowExecutionCanceled
        or EventType.ChildWorkflowExecutionTerminated
        or EventType.NexusOperationCompleted or EventType.NexusOperationFailed
        or EventType.NexusOperationCanceled or EventType.NexusOperationTimedOut;

    private static void WireStartedId(HistoryEvent recorded, Dictionary<long, long> startedIds)
    {
        switch (recorded.EventType)
        {
            case EventType.ActivityTaskStarted:
                startedIds[recorded.ActivityTaskStartedEventAttributes.ScheduledEventId] = recorded.EventId;
                break;
            case EventType.ChildWorkflowExecutionStarted:
                startedIds[recorded.ChildWorkflowExecutionStartedEventAttributes.InitiatedEventId] = recorded.EventId;
                break;
            case EventType.ActivityTaskCompleted:
                var completed = recorded.ActivityTaskCompletedEventAttributes;
                completed.StartedEventId = startedIds.GetValueOrDefault(completed.ScheduledEventId, completed.StartedEventId);
                break;
            case EventType.ActivityTaskFailed:
                var failed = recorded.ActivityTaskFailedEventAttributes;
                failed.StartedEventId = startedIds.GetValueOrDefault(failed.ScheduledEventId, failed.StartedEventId);
                break;
            case EventType.ActivityTaskTimedOut:
                var timedOut = recorded.ActivityTaskTimedOutEventAttributes;
                timedOut.StartedEventId = startedIds.GetValueOrDefault(timedOut.ScheduledEventId, timedOut.StartedEventId);
                break;
            case EventType.ActivityTaskCanceled:
                var canceled = recorded.ActivityTaskCanceledEventAttributes;
                canceled.StartedEventId = startedIds.GetValueOrDefault(canceled.ScheduledEventId, canceled.StartedEventId);
                break;
            case EventType.ChildWorkflowExecutionCompleted:
                var childDone = recorded.ChildWorkflowExecutionCompletedEventAttributes;
                childDone.StartedEventId = startedIds.GetValueOrDefault(childDone.InitiatedEventId, childDone.StartedEventId);
                break;
            case EventType.ChildWorkflowExecutionFailed:
                var childFailed = recorded.ChildWorkflowExecutionFailedEventAttributes;
                childFailed.StartedEventId =
                    startedIds.GetValueOrDefault(childFailed.InitiatedEventId, childFailed.StartedEventId);
                break;
            case EventType.ChildWorkflowExecutionTimedOut:
                var childTimedOut = recorded.ChildWorkflowExecutionTimedOutEventAttributes;
                childTimedOut.StartedEventId =
                    startedIds.GetValueOrDefault(childTimedOut.InitiatedEventId, childTimedOut.StartedEventId);
                break;
            case EventType.ChildWorkflowExecutionCanceled:
                var childCanceled = recorded.ChildWorkflowExecutionCanceledEventAttributes;
                childCanceled.StartedEventId =
                    startedIds.GetValueOrDefault(childCanceled.InitiatedEventId, childCanceled.StartedEventId);
                break;
            case EventType.ChildWorkflowExecutionTerminated:
                var childTerminated = recorded.ChildWorkflowExecutionTerminatedEventAttributes;
                childTerminated.StartedEventId =
                    startedIds.GetValueOrDefault(childTerminated.InitiatedEventId, childTerminated.StartedEventId);
                break;
            default:
                break;
        }
    }
}
