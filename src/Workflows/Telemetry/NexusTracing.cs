using System.Diagnostics;
using NexusRpc.Handlers;
using OpenTelemetry;
using Temporalio.Worker.Interceptors;

namespace AugmentedOS.Workflows.Telemetry;

/// <summary>Traces Nexus operations that are handled, below the order of their caller.</summary>
internal sealed class NexusTracing(TraceHeaders headers, NexusOperationInboundInterceptor next)
    : NexusOperationInboundInterceptor(next)
{
    public override Task<OperationStartResult<object?>> ExecuteNexusOperationStartAsync(
        ExecuteNexusOperationStartInput input) =>
        TraceAsync(
            $"RunStartNexusOperationHandler:{input.Context.Service}/{input.Context.Operation}",
            input.Context,
            () => base.ExecuteNexusOperationStartAsync(input));

    public override Task ExecuteNexusOperationCancelAsync(ExecuteNexusOperationCancelInput input) => TraceAsync(
        $"RunCancelNexusOperationHandler:{input.Context.Service}/{input.Context.Operation}",
        input.Context,
        async () =>
        {
            await base.ExecuteNexusOperationCancelAsync(input).ConfigureAwait(false);
            return true;
        });

    private async Task<T> TraceAsync<T>(string name, OperationContext context, Func<Task<T>> handle)
    {
        var order = headers.Read(context.Headers);
        Baggage.Current = order.Baggage;
        using var span = TraceSources.Nexus.StartActivity(name, ActivityKind.Server, order.ActivityContext);
        try
        {
            return await handle().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            TraceTags.Fail(span, failure);
            throw;
        }
    }
}
