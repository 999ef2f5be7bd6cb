using AugmentedOS.Engine.Executions.Chains;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Commands;

/// <summary>Ends the run with a result.</summary>
internal static class CompleteExecutionCommand
{
    /// <summary>Carries the command out on the batch's draft; or says why it cannot be.</summary>
    public static CommandFailure? Apply(CommandBatch batch, Command command)
    {
        var attributes = command.CompleteWorkflowExecutionCommandAttributes;
        if (attributes is null)
        {
            return new CommandFailure(
                WorkflowTaskFailedCause.BadCompleteWorkflowExecutionAttributes,
                "CompleteWorkflowExecutionCommandAttributes is not set on CompleteWorkflowExecutionCommand.");
        }

        // The cause names activities: clients know this text from Temporal servers.
        if (CommandSize.Check(
                attributes.Result,
                batch.Context.Limits.BlobSizeError,
                WorkflowTaskFailedCause.BadScheduleActivityAttributes,
                "CompleteWorkflowExecutionCommandAttributes.Result") is { } tooLarge)
        {
            return tooLarge;
        }

        var succession = Succession.AfterSuccess(batch.State, attributes.Result, batch.Context);
        batch.Draft.Record(EventType.WorkflowExecutionCompleted, e =>
        {
            e.UserMetadata = command.UserMetadata;
            e.WorkflowExecutionCompletedEventAttributes = new WorkflowExecutionCompletedEventAttributes
            {
                Result = attributes.Result,
                WorkflowTaskCompletedEventId = batch.CompletedEventId,
                NewExecutionRunId = succession.NextRunId,
            };
        });
        succession.Begin(batch.Draft);
        return null;
    }
}
