namespace AugmentedOS.Engine.Runtime;

/// <summary>A run's place in its shard's queue of wake-ups.</summary>
internal sealed class QueuedWakeUp(RunKey run, Instant at)
{
    public RunKey Run { get; } = run;

    public Instant At { get; } = at;

    /// <summary>Nothing is due then any more: not worth loading the run for.</summary>
    public bool IsCancelled { get; set; }
}
