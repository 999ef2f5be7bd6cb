using AugmentedOS.Engine.Executions.Facts;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>What time does to Nexus operations and completion callbacks.</summary>
internal static class NexusDeadlines
{
    public static void Handle(Draft draft, Deadline due)
    {
        switch (due.Kind)
        {
            case DeadlineKind.NexusRetry:
                draft.Emit(new NexusAttemptScheduled(due.EventId));
                break;
            case DeadlineKind.NexusCancelRetry:
                draft.Emit(new NexusCancelAttemptScheduled(due.EventId));
                break;
            case DeadlineKind.CallbackRetry:
                draft.Emit(new CallbackAttemptScheduled(due.EventId));
                break;
            case DeadlineKind.NexusScheduleToStart:
                TimeOut(draft, due, TimeoutType.ScheduleToStart);
                break;
            case DeadlineKind.NexusScheduleToClose:
                TimeOut(draft, due, TimeoutType.ScheduleToClose);
                break;
            case DeadlineKind.NexusStartToClose:
                TimeOut(draft, due, TimeoutType.StartToClose);
                break;
            default:
                throw new InvalidOperationException($"{draft.State.Key}: {due.Kind} is no deadline of Nexus.");
        }
    }

    private static void TimeOut(Draft draft, Deadline due, TimeoutType type) =>
        NexusEvents.TimedOut(draft, draft.State.Nexus.Operations[due.EventId], type);
}
