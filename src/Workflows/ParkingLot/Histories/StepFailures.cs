using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Cases = Temporalio.Api.History.V1.HistoryEvent.AttributesOneofCase;

namespace AugmentedOS.Workflows.ParkingLot.Histories;

/// <summary>The steps of a run that failed.</summary>
internal static class StepFailures
{
    public static async Task<IReadOnlyList<FailedStep>> ReadAsync(RunHistory history)
    {
        var steps = new List<FailedStep>();
        foreach (var ended in history.Events)
        {
            if (Find(history, ended) is { } found)
            {
                var error = await history.ReadAsync(found.Failure).ConfigureAwait(false);
                steps.Add(new(
                    found.What,
                    found.Name,
                    found.Id,
                    found.Attempts,
                    found.Scheduled.EventTime.ToDateTimeOffset(),
                    ended.EventTime.ToDateTimeOffset(),
                    ended.EventId,
                    error));
            }
        }

        return steps;
    }

    /// <summary>The event that asked for the step whose end this event is; null where it is the end of none.</summary>
    public static long? ScheduledBy(HistoryEvent ended) => ended.AttributesCase switch
    {
        Cases.ActivityTaskFailedEventAttributes => ended.ActivityTaskFailedEventAttributes.ScheduledEventId,
        Cases.ActivityTaskTimedOutEventAttributes => ended.ActivityTaskTimedOutEventAttributes.ScheduledEventId,
        Cases.ChildWorkflowExecutionFailedEventAttributes =>
            ended.ChildWorkflowExecutionFailedEventAttributes.InitiatedEventId,
        Cases.ChildWorkflowExecutionTimedOutEventAttributes =>
            ended.ChildWorkflowExecutionTimedOutEventAttributes.InitiatedEventId,
        Cases.ChildWorkflowExecutionTerminatedEventAttributes =>
            ended.ChildWorkflowExecutionTerminatedEventAttributes.InitiatedEventId,
        Cases.NexusOperationFailedEventAttributes => ended.NexusOperationFailedEventAttributes.ScheduledEventId,
        Cases.NexusOperationTimedOutEventAttributes => ended.NexusOperationTimedOutEventAttributes.ScheduledEventId,
        _ => null,
    };

    private static Found? Find(RunHistory history, HistoryEvent ended) =>
        ended.EventType == EventType.WorkflowTaskFailed ? OfTask(history, ended)
        : LocalActivities.FailureOf(ended) is { } local ? OfLocal(ended, local)
        : ScheduledBy(ended) is { } id && history.Find(id) is { } scheduled ? OfStep(history, ended, scheduled)
        : null;

    private static Found? OfStep(RunHistory history, HistoryEvent ended, HistoryEvent scheduled) =>
        ended.AttributesCase switch
        {
            Cases.ActivityTaskFailedEventAttributes => OfActivity(
                history,
                scheduled,
                ended.ActivityTaskFailedEventAttributes.StartedEventId,
                ended.ActivityTaskFailedEventAttributes.Failure),
            Cases.ActivityTaskTimedOutEventAttributes => OfActivity(
                history,
                scheduled,
                ended.ActivityTaskTimedOutEventAttributes.StartedEventId,
                ended.ActivityTaskTimedOutEventAttributes.Failure),
            Cases.ChildWorkflowExecutionFailedEventAttributes =>
                OfChild(scheduled, ended.ChildWorkflowExecutionFailedEventAttributes.Failure),
            Cases.ChildWorkflowExecutionTimedOutEventAttributes => OfChild(
                scheduled, Said(
                    "The child's time was up.",
                    new() { TimeoutFailureInfo = new() { TimeoutType = TimeoutType.StartToClose } })),
            Cases.ChildWorkflowExecutionTerminatedEventAttributes =>
                OfChild(scheduled, Said("Somebody terminated the child.", new() { TerminatedFailureInfo = new() })),
            Cases.NexusOperationFailedEventAttributes =>
                OfNexus(scheduled, ended.NexusOperationFailedEventAttributes.Failure),
            Cases.NexusOperationTimedOutEventAttributes =>
                OfNexus(scheduled, ended.NexusOperationTimedOutEventAttributes.Failure),
            _ => null,
        };

    private static Found OfActivity(RunHistory history, HistoryEvent scheduled, long startedId, Failure? failure)
    {
        var attributes = scheduled.ActivityTaskScheduledEventAttributes;
        // The started event is written when the activity has ended, with the last attempt's number; there is none for
        // an activity that nobody took.
        var attempts = history.Find(startedId)?.ActivityTaskStartedEventAttributes?.Attempt ?? 0;
        return new("activity", attributes.ActivityType.Name, attributes.ActivityId, attempts, scheduled, failure);
    }

    private static Found OfLocal(HistoryEvent marker, Failure failure)
    {
        var (type, id, attempts) = LocalActivities.Notes(marker);
        return new("local activity", type, id, attempts, marker, failure);
    }

    private static Found OfChild(HistoryEvent scheduled, Failure? failure)
    {
        var attributes = scheduled.StartChildWorkflowExecutionInitiatedEventAttributes;
        return new("child workflow", attributes.WorkflowType.Name, attributes.WorkflowId, 1, scheduled, failure);
    }

    private static Found OfNexus(HistoryEvent scheduled, Failure? failure)
    {
        var attributes = scheduled.NexusOperationScheduledEventAttributes;
        return new(
            "Nexus operation", $"{attributes.Service}.{attributes.Operation}", attributes.Endpoint, 1,
            scheduled, failure);
    }

    /// <summary>The workflow's own code failed: it was changed under its history, or it has a defect. A reset leaves
    /// such an event as well, which says nothing.</summary>
    private static Found? OfTask(RunHistory history, HistoryEvent ended)
    {
        var attributes = ended.WorkflowTaskFailedEventAttributes;
        return attributes.Cause != WorkflowTaskFailedCause.ResetWorkflow
            && history.Find(attributes.ScheduledEventId) is { } scheduled
            ? new(
                "workflow task",
                attributes.Cause.ToString(),
                $"{scheduled.EventId}",
                Math.Max(1, scheduled.WorkflowTaskScheduledEventAttributes.Attempt),
                scheduled,
                attributes.Failure)
            : null;
    }

    private static Failure Said(string message, Failure failure)
    {
        failure.Message = message;
        return failure;
    }

    private sealed record Found(
        string What, string Name, string Id, int Attempts, HistoryEvent Scheduled, Failure? Failure);
}
