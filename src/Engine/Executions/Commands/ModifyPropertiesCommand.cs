using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Commands;

/// <summary>Changes the run's memo; a null payload removes its key.</summary>
internal static class ModifyPropertiesCommand
{
    public static CommandFailure? Apply(CommandBatch batch, Command command)
    {
        var memo = command.ModifyWorkflowPropertiesCommandAttributes?.UpsertedMemo;
        if (memo is null)
        {
            return Bad("UpsertedMemo is not set on ModifyWorkflowPropertiesCommand.");
        }

        if (memo.Fields.Count == 0)
        {
            return Bad("UpsertedMemo.Fields is not set on ModifyWorkflowPropertiesCommand.");
        }

        if (memo.CalculateSize() > batch.Context.Limits.MemoSizeError)
        {
            return Bad("ModifyWorkflowPropertiesCommandAttributes.UpsertedMemo exceeds size limit.")
                with
            { TerminatesRun = true };
        }

        batch.Draft.Record(EventType.WorkflowPropertiesModified, e =>
        {
            e.WorkflowPropertiesModifiedEventAttributes = new WorkflowPropertiesModifiedEventAttributes
            {
                UpsertedMemo = memo,
                WorkflowTaskCompletedEventId = batch.CompletedEventId,
            };
            e.UserMetadata = command.UserMetadata;
        });
        return null;
    }

    private static CommandFailure Bad(string message) =>
        new(WorkflowTaskFailedCause.BadModifyWorkflowPropertiesAttributes, message);
}
