namespace AugmentedOS.Workflows.Waiting;

/// <summary>How the end of another workflow is waited for.</summary>
/// <param name="Timeout">How long at most; null: for as long as it takes.</param>
/// <param name="LongPoll">How long one attempt holds on to the engine, with heartbeats; zero looks once. 20 seconds
/// when null. In a test with skipped time it has to be zero: time does not skip while a worker has an attempt.</param>
/// <param name="Pause">How long to wait between attempts, in which no worker is kept. 10 seconds when null.</param>
/// <param name="TaskQueue">Where a worker with <see cref="WaitWorker.AddWaiting"/> listens; the waiting workflow's when
/// null.</param>
public sealed record WaitOptions(
    TimeSpan? Timeout = null, TimeSpan? LongPoll = null, TimeSpan? Pause = null, string? TaskQueue = null)
{
    internal TimeSpan LongPollOrDefault => LongPoll ?? TimeSpan.FromSeconds(20);

    internal TimeSpan PauseOrDefault => Pause ?? TimeSpan.FromSeconds(10);

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(
            Timeout ?? TimeSpan.MaxValue, TimeSpan.Zero, nameof(Timeout));
        ArgumentOutOfRangeException.ThrowIfLessThan(LongPollOrDefault, TimeSpan.Zero, nameof(LongPoll));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(PauseOrDefault, TimeSpan.Zero, nameof(Pause));
    }
}
