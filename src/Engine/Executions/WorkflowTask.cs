namespace AugmentedOS.Engine.Executions;

/// <summary>The one pending workflow task of a run: scheduled, or started when a poller has it.</summary>
internal sealed record WorkflowTask
{
    /// <summary>The id of its SCHEDULED event; for a transient task the id that the event would get.</summary>
    public required long ScheduledEventId { get; init; }

    public required int Attempt { get; init; }

    public required Instant ScheduledAt { get; init; }

    /// <summary>When the first task of a heartbeat chain was scheduled; its own time otherwise.</summary>
    public required Instant OriginalScheduledAt { get; init; }

    public required TimeSpan StartToClose { get; init; }

    /// <summary>Whether it is a retry that history does not show.</summary>
    public bool IsTransient { get; init; }

    /// <summary>The sticky queue it was scheduled to, null for the normal queue.</summary>
    public string? StickyQueue { get; init; }

    /// <summary>When it times out unless a poller of the sticky queue takes it; null on the normal queue.</summary>
    public Instant? ScheduleToStartDeadline { get; init; }

    /// <summary>The id of its STARTED event, 0 while it waits for a poller.</summary>
    public long StartedEventId { get; init; }

    public Instant StartedAt { get; init; }

    public string Identity { get; init; } = "";

    public string RequestId { get; init; } = "";

    public bool SuggestContinueAsNew { get; init; }

    public long HistorySizeBytes { get; init; }

    public bool IsStarted => StartedEventId != 0;

    public Instant? NextDeadline => IsStarted ? StartedAt + StartToClose : ScheduleToStartDeadline;
}
