namespace AugmentedOS.Workflows.Debouncing;

/// <summary>What a <see cref="Throttle{T}"/> does with items that have to wait.</summary>
public enum ThrottleOverflow
{
    /// <summary>All wait in their order, up to a capacity.</summary>
    Queue,

    /// <summary>Only the latest waits: it takes the place of the one before.</summary>
    KeepLatest,
}
