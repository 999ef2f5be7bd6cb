namespace AugmentedOS.Workflows.Replay;

/// <summary>Which histories to take of all that there are.</summary>
public sealed record HistorySample
{
    /// <summary>How many runs are taken of a type unless it is said otherwise.</summary>
    public const int DefaultPerType = 20;

    private readonly int _perType = DefaultPerType;

    /// <summary>The workflow types to take; empty for all that the build has.</summary>
    public IReadOnlyList<string> WorkflowTypes { get; init; } = [];

    /// <summary>At most so many open and so many closed runs of each type, the latest first; 1 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int PerType
    {
        get => _perType;
        init => _perType = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Take at least one run of each type.");
    }

    /// <summary>By how they stand.</summary>
    public RunChoice Runs { get; init; } = RunChoice.All;

    /// <summary>Those that started at this time or later; null for all.</summary>
    public DateTimeOffset? StartedFrom { get; init; }

    /// <summary>Those that started before this time; null for all.</summary>
    public DateTimeOffset? StartedBefore { get; init; }

    internal bool Wants(RecordedRun run) =>
        (WorkflowTypes.Count == 0 || WorkflowTypes.Contains(run.WorkflowType, StringComparer.Ordinal))
        && Wants(run.State)
        && run.StartedAt >= (StartedFrom ?? DateTimeOffset.MinValue)
        && run.StartedAt < (StartedBefore ?? DateTimeOffset.MaxValue);

    private bool Wants(RunState state) => Runs switch
    {
        RunChoice.All => true,
        RunChoice.Closed => state != RunState.Open,
        _ => state.ToString() == Runs.ToString(),
    };
}
