using AugmentedOS.Engine.Executions.Chains;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Commands;

/// <summary>Ends the run with a failure, or retries it.</summary>
internal static class FailExecutionCommand
{
    private const WorkflowTaskFailedCause Bad = WorkflowTaskFailedCause.BadFailWorkflowExecutionAttributes;

    /// <summary>Carries the command out on the batch's draft; or says why it cannot be.</summary>
    public static CommandFailure? Apply(CommandBatch batch, Command command)
    {
        var attributes = command.FailWorkflowExecutionCommandAttributes;
        if (Check(attributes, batch.Context.Limits) is { } refusal)
        {
            return refusal;
        }

        var succession = Succession.AfterFailure(batch.State, attributes.Failure, batch.Context);
        batch.Draft.Record(EventType.WorkflowExecutionFailed, e =>
        {
            e.UserMetadata = command.UserMetadata;
            e.WorkflowExecutionFailedEventAttributes = new WorkflowExecutionFailedEventAttributes
            {
                Failure = attributes.Failure,
                RetryState = succession.RetryState,
                WorkflowTaskCompletedEventId = batch.CompletedEventId,
                NewExecutionRunId = succession.NextRunId,
            };
        });
        succession.Begin(batch.Draft);
        return null;
    }

    private static CommandFailure? Check(FailWorkflowExecutionCommandAttributes? attributes, EngineLimits limits)
    {
        if (attributes is null)
        {
            return new CommandFailure(
                Bad, "FailWorkflowExecutionCommandAttributes is not set on FailWorkflowExecutionCommand.");
        }

        return attributes.Failure is null
            ? new CommandFailure(Bad, "Failure is not set on FailWorkflowExecutionCommand.")
            : CommandSize.Check(
                attributes.Failure, limits.BlobSizeError, Bad, "FailWorkflowExecutionCommandAttributes.Failure");
    }
}
