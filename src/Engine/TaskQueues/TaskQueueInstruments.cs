using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AugmentedOS.Engine.Namespaces;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.TaskQueues;

/// <summary>What operators watch of the task queues, under the names that a Temporal server's dashboards know.</summary>
internal sealed class TaskQueueInstruments : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "AugmentedOS.Engine.TaskQueues";

    private readonly ConcurrentDictionary<(string Namespace, TaskQueueType Type), TaskQueueTags> _tags = new();
    private readonly INamespaceDirectory? _namespaces;
    private readonly Meter _meter;
    private readonly Counter<long> _polls;
    private readonly Counter<long> _success;
    private readonly Counter<long> _successSync;
    private readonly Counter<long> _timeouts;
    private readonly Histogram<double> _pollLatency;
    private readonly Counter<long> _added;
    private readonly Histogram<double> _syncMatch;
    private readonly Histogram<double> _asyncMatch;
    private readonly Histogram<double> _dispatch;

    /// <param name="factory">Where the host collects meters; null outside a host.</param>
    /// <param name="namespaces">Gives ids their names.</param>
    public TaskQueueInstruments(IMeterFactory? factory = null, INamespaceDirectory? namespaces = null)
    {
        _namespaces = namespaces;
        _meter = factory?.Create(new MeterOptions(MeterName)) ?? new Meter(MeterName);
        _polls = _meter.CreateCounter<long>("poll_requests", description: "Polls that workers sent.");
        _success = _meter.CreateCounter<long>("poll_success", description: "Polls that got a task from the backlog.");
        _successSync = _meter.CreateCounter<long>(
            "poll_success_sync", description: "Polls that waited and got a task the moment it was there.");
        _timeouts = _meter.CreateCounter<long>("poll_timeouts", description: "Polls that ended with nothing.");
        _pollLatency = _meter.CreateHistogram<double>("poll_latency", "s", "How long polls waited, in seconds.");
        _added = _meter.CreateCounter<long>("tasks_added", description: "Tasks that came, by where they went.");
        _syncMatch = _meter.CreateHistogram<double>(
            "syncmatch_latency", "s", "From the scheduling of tasks that a poller waited for until it had them, in seconds.");
        _asyncMatch = _meter.CreateHistogram<double>(
            "asyncmatch_latency", "s", "From the scheduling of tasks that waited until a poller had them, in seconds.");
        _dispatch = _meter.CreateHistogram<double>(
            "task_dispatch_latency", "s", "From the scheduling of a task until a poller had it, in seconds.");
    }

    /// <summary>Whether anybody looks: measuring costs nothing otherwise.</summary>
    public bool IsWatched => _polls.Enabled || _added.Enabled || _pollLatency.Enabled || _dispatch.Enabled
        || _asyncMatch.Enabled || _syncMatch.Enabled || _success.Enabled || _successSync.Enabled || _timeouts.Enabled;

    /// <summary>Reports what waits, whenever somebody looks.</summary>
    public void Watch(Func<QueueTotals> totals)
    {
        _meter.CreateObservableGauge(
            "approximate_backlog_count", () => totals().Backlog, description: "Tasks that wait for a poller.");
        _meter.CreateObservableGauge(
            "approximate_backlog_age_seconds",
            () => totals().OldestFor.TotalSeconds,
            "s",
            "How long the task that waits longest has waited, in seconds.");
        _meter.CreateObservableGauge("pending_polls", () => totals().Polls, description: "Polls that wait for a task.");
        _meter.CreateObservableGauge(
            "loaded_task_queue_count", () => totals().Queues, description: "Task queues in memory.");
    }

    public void Polled(TaskQueueKey queue)
    {
        if (IsWatched)
        {
            _polls.Add(1, TagsOf(queue).Queue);
        }
    }

    /// <summary>A poller waited for the task that has come.</summary>
    public void MatchedAtOnce(in TaskReference task, Poller poller, Instant now)
    {
        if (!IsWatched)
        {
            return;
        }

        var tags = TagsOf(poller.Queue);
        _successSync.Add(1, tags.Queue);
        _added.Add(1, tags.Added(task.Route, isMatched: true));
        Dispatched(_syncMatch, task, poller, now, tags, isFromBacklog: false);
    }

    /// <summary>The task waited for the poller.</summary>
    public void MatchedFromBacklog(in TaskReference task, Poller poller, Instant now)
    {
        if (IsWatched)
        {
            var tags = TagsOf(poller.Queue);
            _success.Add(1, tags.Queue);
            Dispatched(_asyncMatch, task, poller, now, tags, isFromBacklog: true);
        }
    }

    /// <summary>No poller waited: the task waits.</summary>
    public void Backlogged(in TaskReference task, TaskQueueKey queue)
    {
        if (IsWatched)
        {
            _added.Add(1, TagsOf(queue).Added(task.Route, isMatched: false));
        }
    }

    public void EndedEmpty(Poller poller, TimeSpan waited)
    {
        if (IsWatched)
        {
            var tags = TagsOf(poller.Queue);
            _timeouts.Add(1, tags.Queue);
            _pollLatency.Record(waited.TotalSeconds, tags.EmptyPoll);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private void Dispatched(
        Histogram<double> match,
        in TaskReference task,
        Poller poller,
        Instant now,
        TaskQueueTags tags,
        bool isFromBacklog)
    {
        var waited = Math.Max(0, (now - task.ScheduledAt).TotalSeconds);
        match.Record(waited, tags.Queue);
        _dispatch.Record(waited, tags.Dispatched(task.PriorityKey, isFromBacklog));
        _pollLatency.Record(poller.Waited.TotalSeconds, tags.Served(task.PriorityKey));
    }

    /// <summary>Made once for each namespace that there is and each kind of queue: measuring a task then makes hardly any.</summary>
    private TaskQueueTags TagsOf(TaskQueueKey queue) =>
        _namespaces is not null && _namespaces.TryFind(queue.Namespace, out var known)
            ? _tags.GetOrAdd((known.Name, queue.Type), static key => new TaskQueueTags(key.Namespace, key.Type))
            : new TaskQueueTags("_unknown_", queue.Type);
}

/// <summary>What waits in all queues together.</summary>
/// <param name="OldestFor">How long the task that waits longest has waited; zero when none does.</param>
internal readonly record struct QueueTotals(long Backlog, TimeSpan OldestFor, long Polls, long Queues);
