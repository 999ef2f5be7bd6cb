namespace AugmentedOS.Engine.Runtime;

/// <summary>A place in a loop's queue of wake-ups.</summary>
/// <typeparam name="TTarget">Names what must be looked at.</typeparam>
internal sealed class QueuedWakeUp<TTarget>(TTarget target, Instant at)
{
    public TTarget Target { get; } = target;

    public Instant At { get; } = at;

    /// <summary>Nothing is due then any more: not worth looking.</summary>
    public bool IsCancelled { get; set; }
}
