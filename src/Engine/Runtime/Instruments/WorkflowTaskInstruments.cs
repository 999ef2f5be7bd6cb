using System.Diagnostics.Metrics;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Facts;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Runtime.Instruments;

/// <summary>How workflow tasks end.</summary>
internal sealed class WorkflowTaskInstruments(Meter meter)
{
    private static readonly KeyValuePair<string, object?> Completing = new("operation", "RespondWorkflowTaskCompleted");
    private static readonly KeyValuePair<string, object?> Failing = new("operation", "RespondWorkflowTaskFailed");
    private static readonly KeyValuePair<string, object?> TimingOut =
        new("operation", "TimerActiveTaskWorkflowTaskTimeout");

    private readonly Counter<long> _failed =
        meter.CreateCounter<long>("failed_workflow_tasks", null, "Workflow tasks that failed, by cause.");

    private readonly Counter<long> _startToClose =
        meter.CreateCounter<long>("start_to_close_timeout", null, "Workflow tasks that their worker did not answer in time.");

    private readonly Counter<long> _scheduleToStart = meter.CreateCounter<long>(
        "schedule_to_start_timeout", null, "Workflow tasks that no sticky worker took in time.");

    private readonly Counter<long> _sticky = meter.CreateCounter<long>(
        "complete_workflow_task_sticky_enabled_count", null, "Workflow tasks completed by a worker that keeps the run.");

    private readonly Counter<long> _notSticky = meter.CreateCounter<long>(
        "complete_workflow_task_sticky_disabled_count", null, "Workflow tasks completed by a worker that does not.");

    private readonly Histogram<long> _attempt = meter.CreateHistogram(
        "workflow_task_attempt", null, "Attempts of workflow tasks that had to be retried.", null, RunInstruments.Counts);

    public void Ended(HistoryEvent ended, RunState after, RunScope scope)
    {
        switch (ended.EventType)
        {
            case EventType.WorkflowTaskCompleted:
                (after.Sticky is null ? _notSticky : _sticky).Add(1, Completing, scope.Namespace);
                break;
            case EventType.WorkflowTaskFailed:
                var cause = ended.WorkflowTaskFailedEventAttributes.Cause;
                _failed.Add(1, Failing, scope.Namespace, new("failure", cause.ToString()));
                break;
            default:
                var timeout = ended.WorkflowTaskTimedOutEventAttributes.TimeoutType;
                (timeout == TimeoutType.ScheduleToStart ? _scheduleToStart : _startToClose).Add(1, TimingOut, scope.Namespace);
                break;
        }
    }

    /// <summary>The retries that history does not show: their attempt tells them from the first failure.</summary>
    public void Retried(TransientTaskScheduled transient, RunScope scope)
    {
        _attempt.Record(transient.Attempt, scope.Namespace);
        if (transient.Attempt > 2)
        {
            _failed.Add(1, Failing, scope.Namespace, new("failure", "Transient"));
        }
    }
}
