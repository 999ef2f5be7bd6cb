using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using Temporalio.Api.Common.V1;
using Temporalio.Client;
using Temporalio.Client.Interceptors;

namespace AugmentedOS.Workflows.Telemetry;

/// <summary>Traces what a client calls, and sends the trace along.</summary>
internal sealed class ClientTracing(TraceHeaders headers, ClientOutboundInterceptor next)
    : ClientOutboundInterceptor(next)
{
    public override Task<WorkflowHandle<TWorkflow, TResult>> StartWorkflowAsync<TWorkflow, TResult>(
        StartWorkflowInput input)
    {
        var verb = input.Options.StartSignal is null ? "StartWorkflow" : "SignalWithStartWorkflow";
        return TraceAsync(
            $"{verb}:{input.Workflow}",
            TraceTags.Of(TraceTags.WorkflowId, input.Options.Id),
            () => base.StartWorkflowAsync<TWorkflow, TResult>(input with { Headers = WithTrace(input.Headers) }));
    }

    public override Task<WorkflowUpdateHandle<TUpdateResult>> StartUpdateWithStartWorkflowAsync<TUpdateResult>(
        StartUpdateWithStartWorkflowInput input)
    {
        if (input.Options.StartWorkflowOperation is not { } start)
        {
            // The SDK says what is missing.
            return base.StartUpdateWithStartWorkflowAsync<TUpdateResult>(input);
        }

        return TraceAsync(
            $"UpdateWithStartWorkflow:{start.Workflow}",
            TraceTags.Of(TraceTags.WorkflowId, start.Options.Id, TraceTags.UpdateId, input.Options.Id),
            () =>
            {
                // On the caller's own object, which it asks for the handle later; it can be used only once.
                start.Headers = WithTrace(start.Headers);
                return base.StartUpdateWithStartWorkflowAsync<TUpdateResult>(
                    input with { Headers = WithTrace(input.Headers) });
            });
    }

    public override Task SignalWorkflowAsync(SignalWorkflowInput input) => TraceAsync(
        $"SignalWorkflow:{input.Signal}",
        TraceTags.Of(TraceTags.WorkflowId, input.Id),
        async () =>
        {
            await base.SignalWorkflowAsync(input with { Headers = WithTrace(input.Headers) }).ConfigureAwait(false);
            return true;
        });

    public override Task<TResult> QueryWorkflowAsync<TResult>(QueryWorkflowInput input) => TraceAsync(
        $"QueryWorkflow:{input.Query}",
        TraceTags.Of(TraceTags.WorkflowId, input.Id),
        () => base.QueryWorkflowAsync<TResult>(input with { Headers = WithTrace(input.Headers) }));

    public override Task<WorkflowUpdateHandle<TResult>> StartWorkflowUpdateAsync<TResult>(
        StartWorkflowUpdateInput input) =>
        TraceAsync(
            $"UpdateWorkflow:{input.Update}",
            TraceTags.Of(TraceTags.WorkflowId, input.Id, TraceTags.UpdateId, input.Options.Id),
            () => base.StartWorkflowUpdateAsync<TResult>(input with { Headers = WithTrace(input.Headers) }));

    public override Task<ActivityHandle<TResult>> StartActivityAsync<TResult>(StartActivityInput input) => TraceAsync(
        $"StartActivity:{input.Activity}",
        TraceTags.Of(TraceTags.ActivityId, input.Options.Id),
        () => base.StartActivityAsync<TResult>(input with { Headers = WithTrace(input.Headers) }));

    private static async Task<T> TraceAsync<T>(string name, KeyValuePair<string, object?>[] tags, Func<Task<T>> call)
    {
        using var span = TraceSources.Client.StartActivity(name, ActivityKind.Client, parentContext: default, tags);
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            TraceTags.Fail(span, failure);
            throw;
        }
    }

    /// <summary>Also without a span of ours the caller's trace goes on.</summary>
    private IDictionary<string, Payload>? WithTrace(IDictionary<string, Payload>? given) =>
        headers.With(given, new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current));
}
