using System.Collections.Immutable;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Schedules.Spec;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Schedule.V1;

namespace AugmentedOS.Engine.Schedules;

/// <summary>All that the engine knows of one schedule. Messages in it are shared and never changed.</summary>
internal sealed record ScheduleState : IEntityState
{
    public static readonly TimeSpan LongestCatchup = TimeSpan.FromDays(365);
    private static readonly TimeSpan ShortestCatchup = TimeSpan.FromSeconds(10);

    public required EntityKey Key { get; init; }

    /// <summary>Tells it from an earlier schedule of its id.</summary>
    public required Guid Incarnation { get; init; }

    public required string CreateRequestId { get; init; }

    public required Instant CreatedAt { get; init; }

    public Instant? UpdatedAt { get; init; }

    public required CompiledSpec Spec { get; init; }

    public required ScheduleAction Action { get; init; }

    public SchedulePolicies Policies { get; init; } = new();

    public bool IsPaused { get; init; }

    public string Notes { get; init; } = "";

    public bool HasLimitedActions { get; init; }

    public long RemainingActions { get; init; }

    /// <summary>Another one after each change that an update might overwrite.</summary>
    public long ConflictToken { get; init; } = 1;

    /// <summary>Of the last updates and patches: their repetitions change nothing.</summary>
    public ImmutableList<string> RequestIds { get; init; } = [];

    public ImmutableSortedDictionary<string, Payload> Memo { get; init; } =
        ImmutableSortedDictionary.Create<string, Payload>(StringComparer.Ordinal);

    /// <summary>What its users gave it.</summary>
    public ImmutableSortedDictionary<string, Payload> SearchAttributes { get; init; } =
        ImmutableSortedDictionary.Create<string, Payload>(StringComparer.Ordinal);

    public ScheduleCounters Counters { get; init; }

    /// <summary>All nominal times up to this one are dealt with.</summary>
    public required Instant DoneUntil { get; init; }

    /// <summary>The first time after <see cref="DoneUntil"/>; null when there is none, or when it may not act.</summary>
    public ScheduleTime? Next { get; init; }

    public Instant? WakeAt { get; init; }

    /// <summary>What is due and has not started, in the order in which it came.</summary>
    public ImmutableList<BufferedStart> Buffer { get; init; } = [];

    /// <summary>What has started, in the order in which it did: everything that is waited for, and the last ones.</summary>
    public ImmutableList<StartedAction> Actions { get; init; } = [];

    public ImmutableList<Backfill> Backfills { get; init; } = [];

    /// <summary>The number of the last buffered start.</summary>
    public long LastSequence { get; init; }

    public Payloads? LastResult { get; init; }

    public Failure? LastFailure { get; init; }

    public string Id => Key.Id;

    /// <summary>Of the jitter.</summary>
    public string Seed => $"{Key.Namespace}-{Key.Id}";

    /// <summary>Whether scheduled actions may be taken. Manual ones always may.</summary>
    public bool MayAct => !IsPaused && (!HasLimitedActions || RemainingActions > 0);

    public ScheduleOverlapPolicy OverlapPolicy =>
        Policies.OverlapPolicy == ScheduleOverlapPolicy.Unspecified ? ScheduleOverlapPolicy.Skip : Policies.OverlapPolicy;

    public TimeSpan CatchupWindow
    {
        get
        {
            var given = Policies.CatchupWindow.OrZero();
            return given <= TimeSpan.Zero ? LongestCatchup : given > ShortestCatchup ? given : ShortestCatchup;
        }
    }

    public ScheduleOverlapPolicy Resolve(ScheduleOverlapPolicy policy) =>
        policy == ScheduleOverlapPolicy.Unspecified ? OverlapPolicy : policy;
}
