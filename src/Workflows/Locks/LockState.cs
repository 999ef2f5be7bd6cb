namespace AugmentedOS.Workflows.Locks;

/// <summary>All that a lock's workflow knows: its input over continue-as-new, and the answer of its query.</summary>
/// <param name="Capacity">How many may hold it.</param>
/// <param name="Holders">Who does, longest first.</param>
/// <param name="Queue">Who waits, in the order they asked.</param>
/// <param name="LastFencingToken">The highest number that was given.</param>
public sealed record LockState(
    int Capacity, IReadOnlyList<LockHolder> Holders, IReadOnlyList<LockRequest> Queue, long LastFencingToken)
{
    internal static LockState Empty(int capacity) => new(capacity, [], [], 0);
}
