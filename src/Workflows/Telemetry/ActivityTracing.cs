using System.Diagnostics;
using OpenTelemetry;
using Temporalio.Activities;
using Temporalio.Worker.Interceptors;

namespace AugmentedOS.Workflows.Telemetry;

/// <summary>Traces each attempt of an activity, below the order of the workflow.</summary>
internal sealed class ActivityTracing(TraceHeaders headers, ActivityInboundInterceptor next)
    : ActivityInboundInterceptor(next)
{
    public override async Task<object?> ExecuteActivityAsync(ExecuteActivityInput input)
    {
        var info = ActivityExecutionContext.Current.Info;
        var order = headers.Read(input.Headers);
        Baggage.Current = order.Baggage;
        using var span = TraceSources.Activity.StartActivity(
            $"RunActivity:{input.Activity.Name}",
            ActivityKind.Server,
            order.ActivityContext,
            [
                .. TraceTags.Of(TraceTags.WorkflowId, info.WorkflowId, TraceTags.RunId, info.WorkflowRunId),
                .. TraceTags.Of(TraceTags.ActivityId, info.ActivityId),
            ]);
        try
        {
            return await base.ExecuteActivityAsync(input).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            TraceTags.Fail(span, failure);
            throw;
        }
    }
}
