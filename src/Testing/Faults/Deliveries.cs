using System.Collections.Concurrent;
using Temporalio.Client;
using Temporalio.Client.Interceptors;

namespace AugmentedOS.Testing.Faults;

/// <summary>Sends some signals twice, as a bus does that promises at least once.</summary>
internal sealed class Deliveries : IClientInterceptor
{
    private readonly ConcurrentDictionary<string, bool> _twice = new(StringComparer.Ordinal);

    public void Double(string signal) => _twice[signal] = true;

    public ClientOutboundInterceptor InterceptClient(ClientOutboundInterceptor nextInterceptor) =>
        new Outbound(nextInterceptor, this);

    private sealed class Outbound(ClientOutboundInterceptor next, Deliveries deliveries)
        : ClientOutboundInterceptor(next)
    {
        public override async Task SignalWorkflowAsync(SignalWorkflowInput input)
        {
            await base.SignalWorkflowAsync(input).ConfigureAwait(false);
            if (deliveries._twice.ContainsKey(input.Signal))
            {
                await base.SignalWorkflowAsync(input).ConfigureAwait(false);
            }
        }

        public override async Task<WorkflowHandle<TWorkflow, TResult>> StartWorkflowAsync<TWorkflow, TResult>(
            StartWorkflowInput input)
        {
            var handle = await base.StartWorkflowAsync<TWorkflow, TResult>(input).ConfigureAwait(false);
            if (input.Options.StartSignal is { } signal && deliveries._twice.ContainsKey(signal))
            {
                await base.StartWorkflowAsync<TWorkflow, TResult>(input).ConfigureAwait(false);
            }

            return handle;
        }
    }
}
