using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Commands;

/// <summary>Ends the run as cancelled, whether or not anybody asked for it; its chain ends too.</summary>
internal static class CancelExecutionCommand
{
    /// <summary>Carries the command out on the batch's draft; or says why it cannot be.</summary>
    public static CommandFailure? Apply(CommandBatch batch, Command command)
    {
        var attributes = command.CancelWorkflowExecutionCommandAttributes;
        if (attributes is null)
        {
            return new CommandFailure(
                WorkflowTaskFailedCause.BadCancelWorkflowExecutionAttributes,
                "CancelWorkflowExecutionCommandAttributes is not set on CancelWorkflowExecutionCommand.");
        }

        batch.Draft.Record(EventType.WorkflowExecutionCanceled, e =>
        {
            e.UserMetadata = command.UserMetadata;
            e.WorkflowExecutionCanceledEventAttributes = new WorkflowExecutionCanceledEventAttributes
            {
                Details = attributes.Details,
                WorkflowTaskCompletedEventId = batch.CompletedEventId,
            };
        });
        return null;
    }
}
