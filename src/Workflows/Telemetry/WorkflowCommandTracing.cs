using System.Diagnostics;
using Temporalio.Api.Common.V1;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Telemetry;

/// <summary>Traces what a workflow orders, and sends the trace along.</summary>
/// <remarks>In replay nothing is sent: the order was given long ago, with the trace of then.</remarks>
internal sealed class WorkflowCommandTracing(TraceHeaders headers, WorkflowOutboundInterceptor next)
    : WorkflowOutboundInterceptor(next)
{
    public override ContinueAsNewException CreateContinueAsNewException(CreateContinueAsNewExceptionInput input) =>
        base.CreateContinueAsNewException(Workflow.Unsafe.IsReplaying
            ? input
            : input with { Headers = headers.With(input.Headers, WorkflowSpan.Current) });

    public override Task<TResult> ScheduleActivityAsync<TResult>(ScheduleActivityInput input) =>
        base.ScheduleActivityAsync<TResult>(
            input with { Headers = Order($"StartActivity:{input.Activity}", input.Headers) });

    public override Task<TResult> ScheduleLocalActivityAsync<TResult>(ScheduleLocalActivityInput input) =>
        base.ScheduleLocalActivityAsync<TResult>(
            input with { Headers = Order($"StartActivity:{input.Activity}", input.Headers) });

    public override Task SignalChildWorkflowAsync(SignalChildWorkflowInput input) =>
        base.SignalChildWorkflowAsync(
            input with { Headers = Order($"SignalChildWorkflow:{input.Signal}", input.Headers) });

    public override Task SignalExternalWorkflowAsync(SignalExternalWorkflowInput input) =>
        base.SignalExternalWorkflowAsync(
            input with { Headers = Order($"SignalExternalWorkflow:{input.Signal}", input.Headers) });

    public override Task<ChildWorkflowHandle<TWorkflow, TResult>> StartChildWorkflowAsync<TWorkflow, TResult>(
        StartChildWorkflowInput input) =>
        base.StartChildWorkflowAsync<TWorkflow, TResult>(
            input with { Headers = Order($"StartChildWorkflow:{input.Workflow}", input.Headers) });

    public override Task<NexusWorkflowOperationHandle<TResult>> ScheduleNexusOperationAsync<TResult>(
        ScheduleNexusOperationInput input)
    {
        if (Workflow.Unsafe.IsReplaying)
        {
            return base.ScheduleNexusOperationAsync<TResult>(input);
        }

        using var span = Start($"StartNexusOperation:{input.Service}/{input.OperationName}");
        return base.ScheduleNexusOperationAsync<TResult>(
            input with { Headers = headers.With(input.Headers, WorkflowSpan.Current) });
    }

    private static WorkflowSpan Start(string name) =>
        WorkflowSpan.Start(TraceSources.Workflow, name, ActivityKind.Client);

    private IDictionary<string, Payload>? Order(string name, IDictionary<string, Payload>? given)
    {
        if (Workflow.Unsafe.IsReplaying)
        {
            return given;
        }

        using var span = Start(name);
        return headers.With(given, WorkflowSpan.Current);
    }
}
