using System.Diagnostics.CodeAnalysis;

namespace AugmentedOS.Testing.Time;

/// <summary>One wait for what a workflow does, and its share of unlocked time.</summary>
/// <param name="updateId">The update that is waited for; null: the end of the run.</param>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing.")]
internal sealed class Wait(TimeLock engine, string workflowId, string? updateId)
{
    private readonly SemaphoreSlim _gate = new(1);
    private bool _unlocks;
    private bool _isOver;

    /// <summary>Whether this is what the wait is for.</summary>
    public bool IsFor(WorkflowDeeds deeds) => updateId is null ? deeds.HasEnded : deeds.Updates.Contains(updateId);

    public bool Concerns(string workflow) => workflowId == workflow;

    public Task BeginAsync() => ChangeAsync(unlocks: true, isOver: false);

    public Task EndAsync() => ChangeAsync(unlocks: false, isOver: true);

    /// <summary>What is waited for is there, as far as the worker is concerned: time stands still before the engine hears of
    /// it, and cannot run on while the answer is under way.</summary>
    public Task ArriveAsync() => ChangeAsync(unlocks: false, isOver: false);

    /// <summary>The workflow goes on all the same: the engine did not take the worker's word.</summary>
    public Task GoOnAsync() => ChangeAsync(unlocks: true, isOver: false);

    private async Task ChangeAsync(bool unlocks, bool isOver)
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!_isOver && _unlocks != unlocks)
            {
                await (unlocks ? engine.AddWaitAsync() : engine.RemoveWaitAsync()).ConfigureAwait(false);
                _unlocks = unlocks;
            }

            _isOver |= isOver;
        }
        finally
        {
            _gate.Release();
        }
    }
}
