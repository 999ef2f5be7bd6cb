using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Commands;

/// <summary>Ends the run with a failure, or retries it.</summary>
internal static class FailExecutionCommand
{
    /// <summary>Carries the command out on the batch's draft; or says why it cannot be.</summary>
    public static CommandFailure? Apply(CommandBatch batch, Command command)
    {
        var attributes = command.FailWorkflowExecutionCommandAttributes;
        if (attributes is null)
        {
            return Bad("FailWorkflowExecutionCommandAttributes is not set on FailWorkflowExecutionCommand.");
        }

        if (attributes.Failure is null)
        {
            return Bad("Failure is not set on FailWorkflowExecutionCommand.");
        }

        if (CommandSize.Exceeds(attributes.Failure, batch.Context))
        {
            return CommandSize.Failure("FailWorkflowExecutionCommandAttributes.Failure");
        }

        batch.Draft.Record(EventType.WorkflowExecutionFailed, e =>
        {
            e.UserMetadata = command.UserMetadata;
            e.WorkflowExecutionFailedEventAttributes = new WorkflowExecutionFailedEventAttributes
            {
                Failure = attributes.Failure,
                RetryState = RetryState.RetryPolicyNotSet,
                WorkflowTaskCompletedEventId = batch.CompletedEventId,
            };
        });
        return null;
    }

    private static CommandFailure Bad(string message) =>
        new(WorkflowTaskFailedCause.BadFailWorkflowExecutionAttributes, message);
}
