using System.Diagnostics.Metrics;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Facts;

namespace AugmentedOS.Engine.Runtime.Instruments;

/// <summary>How long tasks waited for a worker.</summary>
internal sealed class StartInstruments(Meter meter)
{
    private static readonly KeyValuePair<string, object?>[] Workflow =
        [new("operation", "RecordWorkflowTaskStarted"), new("task_type", "Workflow")];

    private static readonly KeyValuePair<string, object?>[] Activity =
        [new("operation", "RecordActivityTaskStarted"), new("task_type", "Activity")];

    private readonly Histogram<double> _latency = meter.CreateHistogram<double>(
        "task_schedule_to_start_latency", "s", "From a task's scheduling until a worker had it, in seconds.");

    public void WorkflowTask(Instant at, RunChange change, RunScope scope)
    {
        if ((change.After.Task ?? change.Before?.Task) is { } task)
        {
            Record(at - task.ScheduledAt, Workflow, scope);
        }
    }

    public void ActivityTask(ActivityAttemptStarted started, RunChange change, RunScope scope)
    {
        var activity = change.Before?.Activities.GetValueOrDefault(started.ScheduledEventId)
            ?? change.After.Activities.GetValueOrDefault(started.ScheduledEventId);
        if (activity is not null)
        {
            Record(started.At - activity.ScheduledAt, Activity, scope);
        }
    }

    private void Record(TimeSpan waited, KeyValuePair<string, object?>[] what, RunScope scope) => _latency.Record(
        Math.Max(0, waited.TotalSeconds), [what[0], scope.Namespace, RunScope.TaskQueue, what[1]]);
}
