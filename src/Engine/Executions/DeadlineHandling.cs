using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Executions.TimeSkipping;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>What each kind of deadline brings about. The caller schedules the workflow task afterwards, once for all.</summary>
internal static class DeadlineHandling
{
    public static void Handle(Draft draft, Deadline due)
    {
        switch (due.Kind)
        {
            case DeadlineKind.Timer:
                Fire(draft, due);
                break;
            case DeadlineKind.ActivityScheduleToStart:
            case DeadlineKind.ActivityScheduleToClose:
            case DeadlineKind.ActivityStartToClose:
            case DeadlineKind.ActivityHeartbeat:
            case DeadlineKind.ActivityRetry:
                ActivityTimeouts.Handle(draft, due);
                break;
            case DeadlineKind.NexusScheduleToStart:
            case DeadlineKind.NexusScheduleToClose:
            case DeadlineKind.NexusStartToClose:
            case DeadlineKind.NexusRetry:
            case DeadlineKind.NexusCancelRetry:
            case DeadlineKind.CallbackRetry:
                NexusDeadlines.Handle(draft, due);
                break;
            case DeadlineKind.WorkflowTaskStartToClose:
                FailedWorkflowTask.TimeOut(draft);
                break;
            case DeadlineKind.WorkflowTaskScheduleToStart:
                FailedWorkflowTask.TimeOutUnstarted(draft);
                break;
            case DeadlineKind.RunTimeout:
                ExpiredRuns.Handle(draft, due);
                break;
            case DeadlineKind.FirstTaskBackoff:
                FirstTaskBackoff.Handle(draft, due);
                break;
            case DeadlineKind.FastForward:
                TimeSkips.EndFastForward(draft);
                break;
            default:
                throw new InvalidOperationException($"{draft.State.Key}: nothing handles a deadline of kind {due.Kind}.");
        }
    }

    private static void Fire(Draft draft, Deadline due) =>
        draft.RecordOrBuffer(EventType.TimerFired, e => e.TimerFiredEventAttributes = new TimerFiredEventAttributes
        {
            TimerId = due.TimerId,
            StartedEventId = due.EventId,
        });
}
