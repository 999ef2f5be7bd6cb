using AugmentedOS.Testing.Workers;
using Temporalio.Client;
using Temporalio.Client.Interceptors;
using Temporalio.Exceptions;

namespace AugmentedOS.Testing.Time;

/// <summary>Skips time while a client waits for what a workflow does next, and ends the wait when the worker is in trouble.
/// </summary>
internal sealed class Waits(EngineTime time, Trouble trouble) : IClientInterceptor
{
    public ClientOutboundInterceptor InterceptClient(ClientOutboundInterceptor nextInterceptor) =>
        new Outbound(nextInterceptor, this);

    /// <summary>Waits, no longer than the worker is well.</summary>
    /// <param name="skips">Whether time is skipped meanwhile.</param>
    /// <param name="wait">Ends when the token of the options it is given is cancelled.</param>
    public async Task<T> RunAsync<T>(RpcOptions? rpc, bool skips, Func<RpcOptions, Task<T>> wait)
    {
        trouble.ThrowIfReported();
        var options = rpc is null ? new RpcOptions() : (RpcOptions)rpc.Clone();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(
            options.CancellationToken ?? default, trouble.Reported);
        options.CancellationToken = ended.Token;
        try
        {
            return await (skips ? time.SkippingAsync(() => wait(options)) : wait(options)).ConfigureAwait(false);
        }
        catch (Exception) when (trouble.First is not null)
        {
            trouble.ThrowIfReported();
            throw;
        }
    }

    private sealed class Outbound(ClientOutboundInterceptor next, Waits waits) : ClientOutboundInterceptor(next)
    {
        public override Task<WorkflowHistoryEventPage> FetchWorkflowHistoryEventPageAsync(
            FetchWorkflowHistoryEventPageInput input) => input.WaitNewEvent
            ? waits.RunAsync(input.Rpc, skips: true, rpc => base.FetchWorkflowHistoryEventPageAsync(input with { Rpc = rpc }))
            : base.FetchWorkflowHistoryEventPageAsync(input);

        public override async Task<WorkflowUpdateHandle<TResult>> StartWorkflowUpdateAsync<TResult>(
            StartWorkflowUpdateInput input)
        {
            // Accepted first, with time standing still: otherwise it could run past what the update is meant to meet.
            var handle = await waits.RunAsync(input.Options.Rpc, skips: false, rpc =>
            {
                var options = (WorkflowUpdateStartOptions)input.Options.Clone();
                options.Rpc = rpc;
                options.WaitForStage = options.WaitForStage == WorkflowUpdateStage.Completed
                    ? WorkflowUpdateStage.Accepted
                    : options.WaitForStage;
                return base.StartWorkflowUpdateAsync<TResult>(input with { Options = options });
            }).ConfigureAwait(false);
            if (input.Options.WaitForStage == WorkflowUpdateStage.Completed)
            {
                await waits.RunAsync(input.Options.Rpc, skips: true, rpc => HasEndedAsync(handle, rpc)).ConfigureAwait(false);
            }

            return handle;
        }

        /// <summary>The handle remembers the outcome; whoever asks it next gets that, or its failure.</summary>
        private static async Task<bool> HasEndedAsync<TResult>(WorkflowUpdateHandle<TResult> update, RpcOptions rpc)
        {
            try
            {
                await update.GetResultAsync(rpc).ConfigureAwait(false);
                return true;
            }
            catch (WorkflowUpdateFailedException)
            {
                return false;
            }
        }
    }
}
