using System.Diagnostics.Metrics;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Facts;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Runtime.Instruments;

/// <summary>How activities and their attempts end.</summary>
internal sealed class ActivityInstruments(Meter meter)
{
    private readonly Counter<long> _success =
        meter.CreateCounter<long>("activity_success", null, "Activities that completed.");
    private readonly Counter<long> _fail =
        meter.CreateCounter<long>("activity_fail", null, "Activities that failed for good.");
    private readonly Counter<long> _taskFail =
        meter.CreateCounter<long>("activity_task_fail", null, "Attempts that failed, retried or not.");

    private readonly Counter<long> _cancel =
        meter.CreateCounter<long>("activity_cancel", null, "Activities that ended cancelled.");
    private readonly Counter<long> _timeout =
        meter.CreateCounter<long>("activity_timeout", null, "Activities that timed out for good.");

    private readonly Counter<long> _taskTimeout =
        meter.CreateCounter<long>("activity_task_timeout", null, "Attempts that timed out, retried or not.");

    private readonly Histogram<double> _attempt = meter.CreateHistogram<double>(
        "activity_start_to_close_latency", "s", "From an attempt's start to its end, in seconds.");

    private readonly Histogram<double> _whole = meter.CreateHistogram<double>(
        "activity_schedule_to_close_latency", "s", "From an activity's first schedule to its end, retries included, in seconds.");

    public void Ended(HistoryEvent ended, RunChange change, RunScope scope)
    {
        var (scheduledEventId, operation, counter, failure) = Read(ended);
        var activity = change.Before?.Activities.GetValueOrDefault(scheduledEventId);
        var tags = new Tags(operation, scope, activity);
        counter.Add(1, tags.Of(failure));
        if (ended.EventType == EventType.ActivityTaskFailed)
        {
            _taskFail.Add(1, tags.Of(null));
        }
        else if (ended.EventType == EventType.ActivityTaskTimedOut)
        {
            _taskTimeout.Add(1, tags.Of(failure));
        }

        var at = Instant.From(ended.EventTime);
        if (activity is not null)
        {
            _whole.Record((at - activity.FirstScheduledAt).TotalSeconds, tags.Of(null));
        }

        if (activity?.StartedAt is { } started && ended.EventType != EventType.ActivityTaskTimedOut)
        {
            _attempt.Record((at - started).TotalSeconds, tags.Of(null));
        }
    }

    public void Retried(ActivityRetryScheduled retry, RunChange change, RunScope scope)
    {
        var activity = change.Before?.Activities.GetValueOrDefault(retry.ScheduledEventId);
        if (retry.LastFailure.TimeoutFailureInfo is not null)
        {
            _taskTimeout.Add(1, new Tags("TimerActiveTaskActivityTimeout", scope, activity).Of(retry.LastFailure));
            return;
        }

        var tags = new Tags("RespondActivityTaskFailed", scope, activity).Of(null);
        _taskFail.Add(1, tags);
        if (activity?.StartedAt is { } started)
        {
            _attempt.Record((retry.FailedAt - started).TotalSeconds, tags);
        }
    }

    private (long Scheduled, string Operation, Counter<long> Counter, Failure? Failure) Read(HistoryEvent ended) =>
        ended.EventType switch
        {
            EventType.ActivityTaskCompleted => (
                ended.ActivityTaskCompletedEventAttributes.ScheduledEventId, "RespondActivityTaskCompleted", _success, null),
            EventType.ActivityTaskFailed => (
                ended.ActivityTaskFailedEventAttributes.ScheduledEventId, "RespondActivityTaskFailed", _fail, null),
            EventType.ActivityTaskCanceled => (
                ended.ActivityTaskCanceledEventAttributes.ScheduledEventId, "RespondActivityTaskCanceled", _cancel, null),
            _ => (
                ended.ActivityTaskTimedOutEventAttributes.ScheduledEventId,
                "TimerActiveTaskActivityTimeout",
                _timeout,
                ended.ActivityTaskTimedOutEventAttributes.Failure),
        };

    private readonly struct Tags(string operation, RunScope scope, PendingActivity? activity)
    {
        public ReadOnlySpan<KeyValuePair<string, object?>> Of(Failure? timeout) => new KeyValuePair<string, object?>[]
        {
            new("operation", operation),
            scope.Namespace,
            RunScope.TaskQueue,
            scope.WorkflowType,
            new("activityType", activity?.Attributes.ActivityType.Name ?? ""),
            new("timeout_type", timeout?.TimeoutFailureInfo?.TimeoutType.ToString() ?? ""),
        };
    }
}
