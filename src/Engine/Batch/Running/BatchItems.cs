using System.Security.Cryptography;
using System.Text;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Visibility;
using Temporalio.Api.WorkflowService.V1;
using Operation = Temporalio.Api.WorkflowService.V1.StartBatchOperationRequest.OperationOneofCase;

namespace AugmentedOS.Engine.Batch.Running;

/// <summary>What a batch operation does to one run. Done twice, it changes nothing more.</summary>
internal static class BatchItems
{
    /// <summary>The kinds of operations that this knows.</summary>
    public static bool Knows(StartBatchOperationRequest request) => request.OperationCase
        is Operation.TerminationOperation or Operation.CancellationOperation or Operation.SignalOperation
        or Operation.DeletionOperation or Operation.UpdateWorkflowOptionsOperation;

    public static Input InputFor(BatchState batch, NumberedRun target)
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
            RequestId = RequestId(batch, "signal", target),
        };
    }

    /// <summary>The same each time that this run gets its turn, so that it is signalled once.</summary>
    private static string RequestId(BatchState batch, string what, NumberedRun target)
    {
        var text = $"{batch.Key.Id}:{batch.Incarnation:N}:{what}:{target.Workflow.WorkflowId}:{target.Run}";
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString("D");
    }
}
