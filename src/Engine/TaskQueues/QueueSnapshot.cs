using Temporalio.Api.Enums.V1;
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

    /// <summary>The same for each priority key that was used lately.</summary>
    public IReadOnlyDictionary<int, PrioritySnapshot> ByPriority { get; init; } =
        new Dictionary<int, PrioritySnapshot>();

    /// <summary>Tasks a second that may go; null when there is no limit.</summary>
    public double? RateLimit { get; init; }

    /// <summary>Who set that limit.</summary>
    public RateLimitSource RateSource { get; init; } = RateLimitSource.System;

    /// <summary>Whether the rate limit makes tasks wait right now.</summary>
    public bool IsHeldBack { get; init; }
}

/// <summary>The tasks of one priority in a queue.</summary>
internal sealed record PrioritySnapshot(int Count, TimeSpan Age, double AddedPerSecond, double DispatchedPerSecond);
