using AugmentedOS.Engine.Executions.ActivityControl;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Visibility;
using Temporalio.Api.Batch.V1;
using Temporalio.Api.WorkflowService.V1;
using Operation = Temporalio.Api.WorkflowService.V1.StartBatchOperationRequest.OperationOneofCase;

namespace AugmentedOS.Engine.Batch.Running;

/// <summary>What a batch operation does to one run, where that is one input. Resets are more than that:
/// <see cref="BatchResets"/>.</summary>
internal static class BatchInputs
{
    public static Input For(BatchState batch, NumberedRun target)
    {
        var (request, workflow, run) = (batch.Request, target.Workflow, target.Run);
        return request.OperationCase switch
        {
            Operation.TerminationOperation => new TerminateExecution(workflow, run, new TerminateWorkflowExecutionRequest
            {
                Reason = request.Reason,
                Details = request.TerminationOperation.Details,
                Identity = request.TerminationOperation.Identity,
            }),
            Operation.CancellationOperation => new RequestCancelExecution(
                workflow,
                run,
                new RequestCancelWorkflowExecutionRequest
                {
                    Reason = request.Reason,
                    Identity = request.CancellationOperation.Identity,
                }),
            Operation.SignalOperation => new SignalExecution(workflow, run, Signal(batch, target)),
            Operation.DeletionOperation => new DeleteExecution(workflow, run),
            Operation.UpdateWorkflowOptionsOperation => new UpdateExecutionOptions(
                workflow,
                run,
                new UpdateWorkflowExecutionOptionsRequest
                {
                    WorkflowExecutionOptions = request.UpdateWorkflowOptionsOperation.WorkflowExecutionOptions,
                    UpdateMask = request.UpdateWorkflowOptionsOperation.UpdateMask,
                    Identity = request.UpdateWorkflowOptionsOperation.Identity,
                }),
            Operation.UnpauseActivitiesOperation => Unpause(request.UnpauseActivitiesOperation, target),
            Operation.ResetActivitiesOperation => Reset(request.ResetActivitiesOperation, target),
            Operation.UpdateActivityOptionsOperation => Update(request.UpdateActivityOptionsOperation, target),
            Operation.TerminateActivitiesOperation => new TerminateStandaloneActivity(
                workflow,
                run,
                BatchRequestId.For(batch, "terminate-activity", target),
                request.TerminateActivitiesOperation.Identity,
                request.TerminateActivitiesOperation.Reason),
            Operation.CancelActivitiesOperation => new CancelStandaloneActivity(
                workflow,
                run,
                BatchRequestId.For(batch, "cancel-activity", target),
                request.CancelActivitiesOperation.Identity,
                request.CancelActivitiesOperation.Reason),
            Operation.DeleteActivitiesOperation => new DeleteExecution(workflow, run),
            _ => throw new InvalidOperationException($"{request.OperationCase} was let in and is not known."),
        };
    }

    private static SignalWorkflowExecutionRequest Signal(BatchState batch, NumberedRun target)
    {
        var signal = batch.Request.SignalOperation;
        return new SignalWorkflowExecutionRequest
        {
            SignalName = signal.Signal,
            Input = signal.Input,
            Header = signal.Header,
            Identity = signal.Identity,
            RequestId = BatchRequestId.For(batch, "signal", target),
        };
    }

    private static UnpauseActivities Unpause(BatchOperationUnpauseActivities operation, NumberedRun target) => new(
        target.Workflow,
        target.Run,
        Selection(operation.HasType ? operation.Type : null),
        operation.ResetAttempts,
        operation.ResetHeartbeat,
        operation.Jitter);

    private static ResetActivities Reset(BatchOperationResetActivities operation, NumberedRun target) => new(
        target.Workflow,
        target.Run,
        Selection(operation.HasType ? operation.Type : null),
        operation.ResetHeartbeat,
        operation.KeepPaused,
        operation.RestoreOriginalOptions,
        operation.Jitter);

    private static UpdateActivitiesOptions Update(BatchOperationUpdateActivityOptions operation, NumberedRun target) => new(
        target.Workflow,
        target.Run,
        Selection(operation.HasType ? operation.Type : null),
        operation.ActivityOptions ?? new(),
        operation.RestoreOriginal ? null : operation.UpdateMask);

    private static ActivitySelection Selection(string? type) =>
        type is null ? ActivitySelection.All : new ActivitySelection(null, type);
}
