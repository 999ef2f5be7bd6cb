using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Workflows.ParkingLot.Histories;

/// <summary>Where a retry goes back to, and why there.</summary>
/// <param name="EventId">The end of the workflow task that is done again; null where there is none to go back
/// to.</param>
/// <param name="Why">A sentence for people.</param>
internal sealed record RetryPlan(long? EventId, string Why)
{
    private const string NoTask =
        "no worker has ever taken its first task, so that there is nothing to go back to; start it again once its "
        + "workers run.";

    public static RetryPlan Of(RunHistory history, RetryFrom from) => from switch
    {
        RetryFrom.Automatic => Automatic(history),
        RetryFrom.FailedStep => StepOf(history) is { } step
            ? BeforeStep(step.Scheduled)
            : new(null, "no step made it fail: it failed by itself. Retry it from Beginning or LastTask."),
        RetryFrom.LastTask => LastTask(history, "it goes on from its last decision."),
        RetryFrom.Beginning => Beginning(history, "everything is done again."),
        _ => throw new ArgumentOutOfRangeException(nameof(from), from, "There is no such place to retry from."),
    };

    private static RetryPlan Automatic(RunHistory history)
    {
        if (history.Last.EventType != EventType.WorkflowExecutionFailed)
        {
            return LastTask(history, "it was stopped from outside, and goes on from its last decision.");
        }

        if (StepOf(history) is not { } step)
        {
            return Beginning(history, "it failed by itself and not by a step, so everything is done again.");
        }

        // What was done after the failure was done because of it: after a compensation, the steps before are done no
        // more.
        return history.Events.Any(e => e.EventId > step.Ended && IsAction(e))
            ? Beginning(history, "it acted on the failure (a compensation, say), so everything is done again.")
            : BeforeStep(step.Scheduled);
    }

    private static RetryPlan BeforeStep(HistoryEvent scheduled) => scheduled switch
    {
        { ActivityTaskScheduledEventAttributes: { } activity } => new(
            activity.WorkflowTaskCompletedEventId,
            $"before activity {activity.ActivityType.Name}; what was done before stays done."),
        { StartChildWorkflowExecutionInitiatedEventAttributes: { } child } => new(
            child.WorkflowTaskCompletedEventId,
            $"before child workflow {child.WorkflowType.Name}; what was done before stays done."),
        { NexusOperationScheduledEventAttributes: { } nexus } => new(
            nexus.WorkflowTaskCompletedEventId,
            $"before Nexus operation {nexus.Operation}; what was done before stays done."),
        _ => new(
            scheduled.MarkerRecordedEventAttributes.WorkflowTaskCompletedEventId,
            "before the local activity; what was done before stays done."),
    };

    /// <summary>The step that the workflow's failure names, with the event of its end. A workflow that throws something
    /// of its own without the step's failure as cause names none.</summary>
    private static (HistoryEvent Scheduled, long Ended)? StepOf(RunHistory history)
    {
        for (var failure = history.Last.WorkflowExecutionFailedEventAttributes?.Failure;
            failure is not null;
            failure = failure.Cause)
        {
            if (ScheduledId(failure) is { } id)
            {
                return history.Find(id) is { } scheduled && IsStep(scheduled)
                    ? (scheduled, history.Events.FirstOrDefault(e => StepFailures.ScheduledBy(e) == id)?.EventId ?? id)
                    : null;
            }

            // A local activity has no event but a marker, and its failure is the workflow's without anything around it.
            if (history.Events.LastOrDefault(e => LocalActivities.FailureOf(e)?.Equals(failure) == true) is { } marker)
            {
                return (marker, marker.EventId);
            }
        }

        return null;
    }

    private static long? ScheduledId(Failure failure) => failure.FailureInfoCase switch
    {
        Failure.FailureInfoOneofCase.ActivityFailureInfo => failure.ActivityFailureInfo.ScheduledEventId,
        Failure.FailureInfoOneofCase.ChildWorkflowExecutionFailureInfo =>
            failure.ChildWorkflowExecutionFailureInfo.InitiatedEventId,
        Failure.FailureInfoOneofCase.NexusOperationExecutionFailureInfo =>
            failure.NexusOperationExecutionFailureInfo.ScheduledEventId,
        _ => null,
    };

    private static bool IsStep(HistoryEvent e) => e.EventType is EventType.ActivityTaskScheduled
        or EventType.StartChildWorkflowExecutionInitiated or EventType.NexusOperationScheduled;

    private static bool IsAction(HistoryEvent e) =>
        IsStep(e) || LocalActivities.Is(e) || e.EventType == EventType.SignalExternalWorkflowExecutionInitiated;

    private static RetryPlan Beginning(RunHistory history, string why) =>
        Task(history.Events.FirstOrDefault(IsCompletedTask) ?? history.Events.FirstOrDefault(IsTakenTask), why);

    private static RetryPlan LastTask(RunHistory history, string why) =>
        Task(history.Events.LastOrDefault(IsCompletedTask) ?? history.Events.FirstOrDefault(IsTakenTask), why);

    private static RetryPlan Task(HistoryEvent? task, string why) =>
        task is null ? new(null, NoTask) : new(task.EventId, why);

    private static bool IsCompletedTask(HistoryEvent e) => e.EventType == EventType.WorkflowTaskCompleted;

    private static bool IsTakenTask(HistoryEvent e) => e.EventType == EventType.WorkflowTaskStarted;
}
