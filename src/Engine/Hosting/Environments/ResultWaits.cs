using AugmentedOS.Engine.Clocks;
using Temporalio.Client.Interceptors;

namespace AugmentedOS.Engine.Hosting.Environments;

/// <summary>Unlocks time while a client waits for what a workflow does next, which is how a result is awaited.</summary>
internal sealed class ResultWaits(SkippingClock? clock) : IClientInterceptor
{
    private readonly Lock _gate = new();
    private int _disabled;
    private int _waits;
    private bool _hasUnlocked;

    public ClientOutboundInterceptor InterceptClient(ClientOutboundInterceptor nextInterceptor) =>
        new Waits(nextInterceptor, this);

    /// <summary>Runs something whose waits unlock nothing.</summary>
    public async Task<T> WithoutSkippingAsync<T>(Func<Task<T>> func)
    {
        Interlocked.Increment(ref _disabled);
        try
        {
            return await func().ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _disabled);
        }
    }

    private async Task<T> UnlockedAsync<T>(Func<Task<T>> wait)
    {
        if (clock is null || Volatile.Read(ref _disabled) > 0)
        {
            return await wait().ConfigureAwait(false);
        }

        Begin(clock);
        try
        {
            return await wait().ConfigureAwait(false);
        }
        finally
        {
            End(clock);
        }
    }

    /// <summary>Several waits at a time unlock once.</summary>
    private void Begin(SkippingClock skipping)
    {
        lock (_gate)
        {
            if (_waits++ == 0)
            {
                _hasUnlocked = skipping.TryUnlock();
            }
        }
    }

    private void End(SkippingClock skipping)
    {
        lock (_gate)
        {
            if (--_waits == 0 && _hasUnlocked)
            {
                skipping.Lock();
            }
        }
    }

    private sealed class Waits(ClientOutboundInterceptor next, ResultWaits waits) : ClientOutboundInterceptor(next)
    {
        public override Task<WorkflowHistoryEventPage> FetchWorkflowHistoryEventPageAsync(
            FetchWorkflowHistoryEventPageInput input) => input.WaitNewEvent
            ? waits.UnlockedAsync(() => base.FetchWorkflowHistoryEventPageAsync(input))
            : base.FetchWorkflowHistoryEventPageAsync(input);
    }
}
