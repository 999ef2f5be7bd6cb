using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>Ends a run from outside its own code: termination, timeouts, limits.</summary>
internal static class ForcedClose
{
    /// <summary>The identity under which the engine itself acts in history.</summary>
    public const string ServiceIdentity = "history-service";

    /// <summary>Takes a started workflow task away from its worker and writes what was buffered behind it, so that the
    /// close event can be the last one.</summary>
    public static void TakeTaskAway(Draft draft)
    {
        if (draft.State.Task is { IsStarted: true, IsTransient: false } task)
        {
            draft.Record(EventType.WorkflowTaskFailed, e => e.WorkflowTaskFailedEventAttributes =
                new WorkflowTaskFailedEventAttributes
                {
                    ScheduledEventId = task.ScheduledEventId,
                    StartedEventId = task.StartedEventId,
                    Cause = WorkflowTaskFailedCause.ForceCloseCommand,
                    Identity = ServiceIdentity,
                });
        }

        BufferedEvents.Flush(draft);
    }

    public static void Terminate(
        Draft draft, string reason, string identity, Payloads? details = null, IEnumerable<Link>? links = null)
    {
        TakeTaskAway(draft);
        draft.Record(EventType.WorkflowExecutionTerminated, e =>
        {
            e.WorkflowExecutionTerminatedEventAttributes = new WorkflowExecutionTerminatedEventAttributes
            {
                Reason = reason,
                Details = details,
                Identity = identity,
            };
            e.Links.AddRange(links ?? []);
        });
    }
}
