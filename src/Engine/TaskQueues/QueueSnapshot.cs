using Temporalio.Api.TaskQueue.V1;

namespace AugmentedOS.Engine.TaskQueues;

/// <summary>A task queue as it was at one moment; a queue that nobody ever used is an empty one.</summary>
internal sealed record QueueSnapshot
{
    public static QueueSnapshot Empty { get; } = new();

    /// <summary>Who polled in the last five minutes, the latest first.</summary>
    public IReadOnlyList<PollerInfo> Pollers { get; init; } = [];

    /// <summary>Tasks that wait for a poller.</summary>
    public int Backlog { get; init; }

    /// <summary>How long the task that is next has waited since it was scheduled.</summary>
    public TimeSpan BacklogAge { get; init; }

    /// <summary>Tasks that came in, a second, over the last half minute.</summary>
    public double AddedPerSecond { get; init; }

    /// <summary>Tasks that went to pollers, a second, over the last half minute.</summary>
    public double DispatchedPerSecond { get; init; }

    /// <summary>The backlog by priority key, for those keys that have one.</summary>
    public IReadOnlyDictionary<int, (int Count, TimeSpan Age)> ByPriority { get; init; } =
        new Dictionary<int, (int, TimeSpan)>();

    /// <summary>The rate that workers asked for; null when there is no limit.</summary>
    public double? RateLimit { get; init; }

    /// <summary>Whether the rate limit makes tasks wait right now.</summary>
    public bool IsHeldBack { get; init; }
}
