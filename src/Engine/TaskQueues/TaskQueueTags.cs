using System.Globalization;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.TaskQueues;

/// <summary>The tags of a namespace's queues of one kind, in the combinations that measurements have.</summary>
internal sealed class TaskQueueTags
{
    private const int Priorities = 6;
    private static readonly KeyValuePair<string, object?> NotForwarded = new("forwarded", "false");
    private readonly KeyValuePair<string, object?>[][] _served;
    private readonly KeyValuePair<string, object?>[][] _fromHistory;
    private readonly KeyValuePair<string, object?>[][] _fromBacklog;

    public TaskQueueTags(string ns, TaskQueueType type)
    {
        Queue =
        [
            new("namespace", ns),
            new("taskqueue", "__omitted__"),
            new("task_type", type is TaskQueueType.Activity or TaskQueueType.Nexus ? type.ToString() : "Workflow"),
        ];
        EmptyPoll = [.. Queue, NotForwarded, PriorityOf(0), new("poll_result", "timeout")];
        _served = ForEachPriority(priority => [.. Queue, NotForwarded, priority, new("poll_result", "dispatch")]);
        _fromHistory = ForEachPriority(priority => [.. Queue, new("source", "History"), NotForwarded, priority]);
        _fromBacklog = ForEachPriority(priority => [.. Queue, new("source", "DbBacklog"), NotForwarded, priority]);
    }

    public KeyValuePair<string, object?>[] Queue { get; }

    /// <summary>Of a poll that ended with nothing.</summary>
    public KeyValuePair<string, object?>[] EmptyPoll { get; }

    /// <summary>Of a poll that ended with a task.</summary>
    public KeyValuePair<string, object?>[] Served(int priority) => _served[Math.Clamp(priority, 0, Priorities - 1)];

    public KeyValuePair<string, object?>[] Dispatched(int priority, bool isFromBacklog) =>
        (isFromBacklog ? _fromBacklog : _fromHistory)[Math.Clamp(priority, 0, Priorities - 1)];

    public KeyValuePair<string, object?>[] Added(in TaskRoute route, bool isMatched) =>
    [
        .. Queue,
        new("task_add_result", isMatched ? "sync_match" : "backlog"),
        NotForwarded,
        new("versioning_behavior", route switch
        {
            { IsPinned: true } => nameof(VersioningBehavior.Pinned),
            { Version: not null } => nameof(VersioningBehavior.AutoUpgrade),
            _ => nameof(VersioningBehavior.Unspecified),
        }),
    ];

    private static KeyValuePair<string, object?> PriorityOf(int priority) =>
        new("task_priority", priority == 0 ? "" : priority.ToString(CultureInfo.InvariantCulture));

    private static KeyValuePair<string, object?>[][] ForEachPriority(
        Func<KeyValuePair<string, object?>, KeyValuePair<string, object?>[]> tags) =>
        [.. Enumerable.Range(0, Priorities).Select(priority => tags(PriorityOf(priority)))];
}
