using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Executions.Commands;

/// <summary>Says at which place among the commands a message takes effect.</summary>
internal static class ProtocolMessageCommand
{
    /// <summary>Carries the command out on the batch's draft; or says why it cannot be.</summary>
    public static CommandFailure? Apply(CommandBatch batch, Command command)
    {
        var attributes = command.ProtocolMessageCommandAttributes;
        if (attributes is null)
        {
            return Bad("ProtocolMessageCommandAttributes is not set on ProtocolMessageCommand.");
        }

        return attributes.MessageId.Length == 0
            ? Bad("MessageID is not set on ProtocolMessageCommand.")
            : batch.Updates.Apply(attributes.MessageId);
    }

    private static CommandFailure Bad(string message) =>
        new(WorkflowTaskFailedCause.BadUpdateWorkflowExecutionMessage, message);
}
