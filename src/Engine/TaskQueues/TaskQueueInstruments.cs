using System.Diagnostics.Metrics;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.TaskQueues;

/// <summary>What operators watch of the task queues, under the names that a Temporal server's dashboards know.</summary>
internal sealed class TaskQueueInstruments : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "AugmentedOS.Engine.TaskQueues";

    private static readonly KeyValuePair<string, object?> Workflow = new("task_type", "Workflow");
    private static readonly KeyValuePair<string, object?> Activity = new("task_type", "Activity");
    private static readonly KeyValuePair<string, object?> Nexus = new("task_type", "Nexus");

    private readonly Meter _meter;
    private readonly Counter<long> _polls;
    private readonly Counter<long> _success;
    private readonly Counter<long> _successSync;
    private readonly Counter<long> _timeouts;

    /// <param name="factory">Where the host collects meters; null outside a host.</param>
    public TaskQueueInstruments(IMeterFactory? factory = null)
    {
        _meter = factory?.Create(new MeterOptions(MeterName)) ?? new Meter(MeterName);
        _polls = _meter.CreateCounter<long>("poll_requests", description: "Polls that workers sent.");
        _success = _meter.CreateCounter<long>("poll_success", description: "Polls that got a task from the backlog.");
        _successSync = _meter.CreateCounter<long>(
            "poll_success_sync", description: "Polls that waited and got a task the moment it was there.");
        _timeouts = _meter.CreateCounter<long>("poll_timeouts", description: "Polls that ended with nothing.");
    }

    /// <summary>Reports what waits, whenever somebody looks.</summary>
    public void Watch(Func<(long Backlog, long Polls, long Queues)> totals)
    {
        _meter.CreateObservableGauge(
            "approximate_backlog_count", () => totals().Backlog, description: "Tasks that wait for a poller.");
        _meter.CreateObservableGauge("pending_polls", () => totals().Polls, description: "Polls that wait for a task.");
        _meter.CreateObservableGauge(
            "loaded_task_queue_count", () => totals().Queues, description: "Task queues in memory.");
    }

    public void Polled(TaskQueueType type) => _polls.Add(1, Tag(type));

    public void MatchedAtOnce(TaskQueueType type) => _successSync.Add(1, Tag(type));

    public void MatchedFromBacklog(TaskQueueType type) => _success.Add(1, Tag(type));

    public void EndedEmpty(TaskQueueType type) => _timeouts.Add(1, Tag(type));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(TaskQueueType type) => type switch
    {
        TaskQueueType.Activity => Activity,
        TaskQueueType.Nexus => Nexus,
        _ => Workflow,
    };
}
