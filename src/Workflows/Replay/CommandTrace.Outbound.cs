using System.Globalization;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Replay;

/// <summary>What goes out of a workflow.</summary>
internal sealed partial class CommandTrace
{
    private sealed class Outbound(CommandTrace trace, WorkflowOutboundInterceptor next)
        : WorkflowOutboundInterceptor(next)
    {
        public override Task CancelExternalWorkflowAsync(CancelExternalWorkflowInput input)
        {
            trace.Note(CommandKind.CancelExternal, input.Id);
            return base.CancelExternalWorkflowAsync(input);
        }

        public override ContinueAsNewException CreateContinueAsNewException(CreateContinueAsNewExceptionInput input)
        {
            trace.Note(CommandKind.ContinueAsNew, input.Workflow);
            return base.CreateContinueAsNewException(input);
        }

        public override Task DelayAsync(DelayAsyncInput input)
        {
            trace.Note(CommandKind.Timer, input.Delay.ToString("c", CultureInfo.InvariantCulture));
            return base.DelayAsync(input);
        }

        public override Task<TResult> ScheduleActivityAsync<TResult>(ScheduleActivityInput input)
        {
            trace.Note(CommandKind.Activity, input.Activity);
            return base.ScheduleActivityAsync<TResult>(input);
        }

        public override Task<TResult> ScheduleLocalActivityAsync<TResult>(ScheduleLocalActivityInput input)
        {
            trace.Note(CommandKind.LocalActivity, input.Activity);
            return base.ScheduleLocalActivityAsync<TResult>(input);
        }

        public override Task SignalChildWorkflowAsync(SignalChildWorkflowInput input)
        {
            trace.Note(CommandKind.SignalExternal, input.Signal);
            return base.SignalChildWorkflowAsync(input);
        }

        public override Task SignalExternalWorkflowAsync(SignalExternalWorkflowInput input)
        {
            trace.Note(CommandKind.SignalExternal, input.Signal);
            return base.SignalExternalWorkflowAsync(input);
        }

        public override Task<ChildWorkflowHandle<TWorkflow, TResult>> StartChildWorkflowAsync<TWorkflow, TResult>(
            StartChildWorkflowInput input)
        {
            trace.Note(CommandKind.ChildWorkflow, input.Workflow);
            return base.StartChildWorkflowAsync<TWorkflow, TResult>(input);
        }

        public override Task<NexusWorkflowOperationHandle<TResult>> ScheduleNexusOperationAsync<TResult>(
            ScheduleNexusOperationInput input)
        {
            trace.Note(CommandKind.NexusOperation, $"{input.Service}.{input.OperationName}");
            return base.ScheduleNexusOperationAsync<TResult>(input);
        }
    }
}
