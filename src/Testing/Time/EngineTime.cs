using Temporalio.Client;

namespace AugmentedOS.Testing.Time;

/// <summary>Time as one test sees it: it stands still, apart from passing by itself, until the test waits for what a workflow
/// does, or lets it pass. Without an engine that skips, it is the machine's.</summary>
/// <remarks>A flow that switched skipping off unlocks nothing, whatever others do.</remarks>
internal sealed class EngineTime
{
    private readonly AsyncLocal<bool> _isSwitchedOff = new();
    private TimeLock? _lock;

    /// <summary>Whether there is time to skip.</summary>
    public bool CanSkip => _lock is not null;

    /// <summary>From now on it is this connection's engine whose time counts.</summary>
    public void Use(ITemporalConnection connection, bool skips) => _lock = skips ? TimeLock.Of(connection) : null;

    /// <summary>Waits with time unlocked.</summary>
    public Task<T> SkippingAsync<T>(Func<Task<T>> wait) =>
        _lock is { } engine && !_isSwitchedOff.Value ? engine.UnlockedAsync(wait) : wait();

    /// <summary>Runs something whose waits unlock nothing.</summary>
    public async Task<T> StandingStillAsync<T>(Func<Task<T>> func)
    {
        // What an async method changes for its flow ends with the method.
        _isSwitchedOff.Value = true;
        return await func().ConfigureAwait(false);
    }

    /// <summary>Lets this much time pass.</summary>
    public Task DelayAsync(TimeSpan delay, CancellationToken cancelled) =>
        _lock is { } engine ? engine.DelayAsync(delay, cancelled) : Task.Delay(delay, cancelled);

    public Task<DateTime> NowAsync() => _lock is { } engine ? engine.NowAsync() : Task.FromResult(DateTime.UtcNow);

    /// <summary>Takes the engine away and brings it back.</summary>
    /// <param name="countAttempts">How many attempts of activities workers have in hand.</param>
    public Task AcrossRestartAsync(Func<Task> restart, Func<Task<int>> countAttempts) =>
        _lock is { } engine ? engine.AcrossRestartAsync(restart, countAttempts) : restart();
}
