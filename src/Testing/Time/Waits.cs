using AugmentedOS.Testing.Workers;
using Temporalio.Client;
using Temporalio.Client.Interceptors;
using Temporalio.Exceptions;

namespace AugmentedOS.Testing.Time;

/// <summary>Skips time while a client waits for what a workflow does next, and ends the wait when the worker is in
/// trouble.
/// </summary>
internal sealed class Waits(EngineTime time, Trouble trouble) : IClientInterceptor
{
    private readonly EngineTime _time = time;

    public ClientOutboundInterceptor InterceptClient(ClientOutboundInterceptor nextInterceptor) =>
        new Outbound(nextInterceptor, this);

    /// <summary>Waits no longer than the worker is well.</summary>
    /// <param name="wait">Ends when the token of the options it is given is cancelled.</param>
    private async Task<T> RunAsync<T>(RpcOptions? rpc, Func<RpcOptions, Task<T>> wait)
    {
        trouble.ThrowIfReported();
        var options = rpc is null ? new RpcOptions() : (RpcOptions)rpc.Clone();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(
            options.CancellationToken ?? default, trouble.Reported);
        options.CancellationToken = ended.Token;
        try
        {
            return await wait(options).ConfigureAwait(false);
        }
        catch (Exception) when (trouble.First is not null)
        {
            trouble.ThrowIfReported();
            throw;
        }
    }

    /// <summary>Waits for the outcome with time unlocked. The update was accepted before, with time standing still:
    /// otherwise time could have run past what it is meant to meet.</summary>
    private Task<bool> UntilOutcomeAsync<TResult>(WorkflowUpdateHandle<TResult> update, RpcOptions? rpc) =>
        RunAsync(rpc, options =>
        {
            // One that was rejected, or answered as it was accepted, has its outcome with it: there is nothing to skip
            // to.
            var outcome = OutcomeAsync(update, options);
            return outcome.IsCompleted ? outcome : _time.UntilAnswerAsync(update.WorkflowId, update.Id, () => outcome);
        });

    /// <summary>The handle remembers the outcome; whoever asks it next gets that, or its failure.</summary>
    private static async Task<bool> OutcomeAsync<TResult>(WorkflowUpdateHandle<TResult> update, RpcOptions options)
    {
        try
        {
            await update.GetResultAsync(options).ConfigureAwait(false);
            return true;
        }
        catch (WorkflowUpdateFailedException)
        {
            return false;
        }
    }

    private static WorkflowUpdateStage First(WorkflowUpdateStage stage) =>
        stage == WorkflowUpdateStage.Completed ? WorkflowUpdateStage.Accepted : stage;

    private sealed class Outbound(ClientOutboundInterceptor next, Waits waits) : ClientOutboundInterceptor(next)
    {
        public override Task<WorkflowHistoryEventPage> FetchWorkflowHistoryEventPageAsync(
            FetchWorkflowHistoryEventPageInput input) => input.WaitNewEvent
            ? waits.RunAsync(input.Rpc, rpc => waits._time.UntilEndAsync(
                input.Id, input.RunId, () => base.FetchWorkflowHistoryEventPageAsync(input with { Rpc = rpc })))
            : base.FetchWorkflowHistoryEventPageAsync(input);

        public override async Task<WorkflowUpdateHandle<TResult>> StartWorkflowUpdateAsync<TResult>(
            StartWorkflowUpdateInput input)
        {
            var handle = await waits.RunAsync(input.Options.Rpc, rpc =>
            {
                var options = (WorkflowUpdateStartOptions)input.Options.Clone();
                options.Rpc = rpc;
                options.WaitForStage = First(options.WaitForStage);
                return base.StartWorkflowUpdateAsync<TResult>(input with { Options = options });
            }).ConfigureAwait(false);
            if (input.Options.WaitForStage == WorkflowUpdateStage.Completed)
            {
                await waits.UntilOutcomeAsync(handle, input.Options.Rpc).ConfigureAwait(false);
            }

            return handle;
        }

        public override async Task<WorkflowUpdateHandle<TResult>> StartUpdateWithStartWorkflowAsync<TResult>(
            StartUpdateWithStartWorkflowInput input)
        {
            var handle = await waits.RunAsync(input.Options.Rpc, rpc =>
            {
                var options = (WorkflowStartUpdateWithStartOptions)input.Options.Clone();
                options.StartWorkflowOperation =
                    input.Options.StartWorkflowOperation;   // the caller asks it for its handle
                options.Rpc = rpc;
                options.WaitForStage = First(options.WaitForStage);
                return base.StartUpdateWithStartWorkflowAsync<TResult>(input with { Options = options });
            }).ConfigureAwait(false);
            if (input.Options.WaitForStage == WorkflowUpdateStage.Completed)
            {
                await waits.UntilOutcomeAsync(handle, input.Options.Rpc).ConfigureAwait(false);
            }

            return handle;
        }
    }
}
