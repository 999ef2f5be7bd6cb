namespace AugmentedOS.Workflows.Locks;

/// <summary>How a lock is asked for. All who ask for one resource have to name the same
/// <paramref name="Capacity"/>.</summary>
/// <param name="Capacity">How many may hold it at a time: 1 is a mutex, more a semaphore. 1 to 1,000.</param>
/// <param name="Lease">How long a holder keeps it without a sign of life. It is renewed by itself at each third of
/// this. At least a second; 5 minutes when null.</param>
/// <param name="Timeout">How long to wait for it; null: for as long as it takes.</param>
/// <param name="TaskQueue">Where a worker with <see cref="LockWorker.AddLocks"/> listens; the asking workflow's when
/// null.</param>
public sealed record LockOptions(
    int Capacity = 1, TimeSpan? Lease = null, TimeSpan? Timeout = null, string? TaskQueue = null)
{
    internal static readonly TimeSpan DefaultLease = TimeSpan.FromMinutes(5);

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Capacity, 1, nameof(Capacity));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Capacity, 1000, nameof(Capacity));
        ArgumentOutOfRangeException.ThrowIfLessThan(Lease ?? DefaultLease, TimeSpan.FromSeconds(1), nameof(Lease));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(
            Timeout ?? TimeSpan.MaxValue, TimeSpan.Zero, nameof(Timeout));
    }
}
