using AugmentedOS.Engine.Executions.Updates;

namespace AugmentedOS.Engine.Executions.Commands;

/// <summary>The commands of one completed workflow task while they take effect, one after the other.</summary>
internal sealed class CommandBatch(
    Draft draft, long completedEventId, string identity, UpdateBatch? updates = null)
{
    private readonly List<long> _eagerActivities = [];

    public Draft Draft { get; } = draft;

    public RunState State => Draft.State;

    public DecisionContext Context => Draft.Context;

    /// <summary>The COMPLETED event that every event of this batch refers to.</summary>
    public long CompletedEventId { get; } = completedEventId;

    /// <summary>The worker's.</summary>
    public string Identity { get; } = identity;

    /// <summary>What the worker says of updates.</summary>
    public UpdateBatch Updates { get; } = updates ?? new UpdateBatch(draft, []);

    /// <summary>Activities whose worker asked to get them in the answer, by SCHEDULED event.</summary>
    public IReadOnlyList<long> EagerActivities => _eagerActivities;

    /// <summary>Whether something happened that the workflow must see at once, such as the cancellation of an activity
    /// that nobody had started.</summary>
    public bool NeedsNewTask { get; set; }

    public void RequestEager(long scheduledEventId) => _eagerActivities.Add(scheduledEventId);
}
