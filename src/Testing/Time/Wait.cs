using System.Diagnostics.CodeAnalysis;

namespace AugmentedOS.Testing.Time;

/// <summary>One wait for what a workflow does, and its share of unlocked time.</summary>
/// <param name="updateId">The update that is waited for; null: the end of the run.</param>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing.")]
internal sealed class Wait(TimeLock engine, string workflowId, string? updateId)
{
    private readonly SemaphoreSlim _gate = new(1);
    private bool _isThere;
    private bool _unlocks;
    private bool _isOver;

    /// <summary>Whether this is what the wait is for.</summary>
    public bool IsFor(WorkflowDeeds deeds) => updateId is null ? deeds.HasEnded : deeds.Updates.Contains(updateId);

    public bool Concerns(string workflow) => workflowId == workflow;

    /// <summary>Unlocks time, unless what is waited for has arrived by now.</summary>
    public Task BeginAsync() => ChangeAsync(() => !_isThere);

    public Task EndAsync() => ChangeAsync(() =>
    {
        _isOver = true;
        return false;
    });

    /// <summary>What is waited for is there, as far as the worker is concerned: time stands still before the engine
    /// hears of it, and cannot run on while the answer is under way.</summary>
    public Task ArriveAsync() => ChangeAsync(() =>
    {
        _isThere = true;
        return false;
    });

    /// <summary>The workflow goes on: as a run whose end the engine did not take, or with the update before or behind
    /// it.</summary>
    public Task GoOnAsync() => ChangeAsync(() =>
    {
        _isThere &= updateId is not null;
        return !_isThere;
    });

    /// <param name="decide">Whether it unlocks time from now on.</param>
    private async Task ChangeAsync(Func<bool> decide)
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_isOver)
            {
                return;
            }

            var unlocks = decide();
            if (_unlocks != unlocks)
            {
                await (unlocks ? engine.AddWaitAsync() : engine.RemoveWaitAsync()).ConfigureAwait(false);
                _unlocks = unlocks;
            }
        }
        finally
        {
            _gate.Release();
        }
    }
}
