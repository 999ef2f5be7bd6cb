using System.Collections.Concurrent;
using Temporalio.Client;

namespace AugmentedOS.Testing.Time;

/// <summary>Time as one test sees it: it stands still, apart from passing by itself, until the test waits for what a
/// workflow does, or lets it pass. Without an engine that skips, it is the machine's.</summary>
/// <remarks>A flow that switched skipping off unlocks nothing, whatever others do.</remarks>
internal sealed class EngineTime
{
    private readonly AsyncLocal<bool> _isSwitchedOff = new();
    private readonly ConcurrentDictionary<Wait, bool> _waits = new();
    private readonly ConcurrentDictionary<string, bool> _endedRuns = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Workflow, string Update), bool> _answered = new();
    private TimeLock? _lock;

    /// <summary>Whether there is time to skip.</summary>
    public bool CanSkip => _lock is not null;

    /// <summary>From now on it is this connection's engine whose time counts.</summary>
    public void Use(ITemporalConnection connection, bool skips) => _lock = skips ? TimeLock.Of(connection) : null;

    /// <summary>Waits for the end of a run with time unlocked until it is there.</summary>
    /// <param name="runId">Null: the latest run.</param>
    public Task<T> UntilEndAsync<T>(string workflowId, string? runId, Func<Task<T>> wait) =>
        SkippingAsync(workflowId, null, () => runId is not null && _endedRuns.ContainsKey(runId), wait);

    /// <summary>Waits for the answer of an update with time unlocked until it is there.</summary>
    public Task<T> UntilAnswerAsync<T>(string workflowId, string updateId, Func<Task<T>> wait) =>
        SkippingAsync(workflowId, updateId, () => _answered.ContainsKey((workflowId, updateId)), wait);

    /// <summary>A workflow has done something, and the engine is about to hear of it.</summary>
    public async Task ReportAsync(string workflowId, string runId, WorkflowDeeds deeds)
    {
        Note(workflowId, runId, deeds);
        foreach (var wait in _waits.Keys.Where(wait => wait.Concerns(workflowId)))
        {
            await (wait.IsFor(deeds) ? wait.ArriveAsync() : wait.GoOnAsync()).ConfigureAwait(false);
        }
    }

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

    /// <summary>For those who wait later.</summary>
    private void Note(string workflowId, string runId, WorkflowDeeds deeds)
    {
        foreach (var update in deeds.Updates)
        {
            _answered[(workflowId, update)] = true;
        }

        if (deeds.HasEnded)
        {
            _endedRuns[runId] = true;
        }
        else
        {
            _endedRuns.TryRemove(runId, out _);
        }
    }

    private async Task<T> SkippingAsync<T>(string workflowId, string? updateId, Func<bool> isThere, Func<Task<T>> wait)
    {
        if (_lock is not { } engine || _isSwitchedOff.Value)
        {
            return await wait().ConfigureAwait(false);
        }

        var share = new Wait(engine, workflowId, updateId);
        _waits[share] = true;
        try
        {
            if (isThere())
            {
                // It came before anybody waited: time that is unlocked for a moment may run for a month.
                await share.ArriveAsync().ConfigureAwait(false);
            }

            await share.BeginAsync().ConfigureAwait(false);
            return await wait().ConfigureAwait(false);
        }
        finally
        {
            _waits.TryRemove(share, out _);
            await share.EndAsync().ConfigureAwait(false);
        }
    }
}
