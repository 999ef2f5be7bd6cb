using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Commands;

/// <summary>Asks another workflow to cancel: this is also how a workflow cancels its child. Whether the request arrives
/// is told by a later event.</summary>
internal static class CancelExternalCommand
{
    private const string Name = "RequestCancelExternalWorkflowExecutionCommand";
    private const WorkflowTaskFailedCause Cause =
        WorkflowTaskFailedCause.BadRequestCancelExternalWorkflowExecutionAttributes;

    public static CommandFailure? Apply(CommandBatch batch, Command command)
    {
        var attributes = command.RequestCancelExternalWorkflowExecutionCommandAttributes;
        if (Check(batch, attributes) is { } failure)
        {
            return failure;
        }

        var limit = batch.Context.Limits.MaxPendingCancels;
        if (batch.State.PendingExternalCancels >= limit)
        {
            return new(
                WorkflowTaskFailedCause.PendingRequestCancelLimitExceeded,
                $"the number of pending requests to cancel external workflows, {batch.State.PendingExternalCancels}, "
                + $"has reached the per-workflow limit of {limit}");
        }

        batch.Draft.Record(EventType.RequestCancelExternalWorkflowExecutionInitiated, e =>
        {
            e.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes =
                new RequestCancelExternalWorkflowExecutionInitiatedEventAttributes
                {
                    WorkflowTaskCompletedEventId = batch.CompletedEventId,
                    Namespace = CommandTarget.OwnNamespace(batch),
                    NamespaceId = batch.State.Key.Namespace.ToString(),
                    WorkflowExecution = new WorkflowExecution
                    {
                        WorkflowId = attributes.WorkflowId,
                        RunId = attributes.RunId,
                    },
                    Control = attributes.Control,
                    ChildWorkflowOnly = attributes.ChildWorkflowOnly,
                    Reason = attributes.Reason,
                };
            e.UserMetadata = command.UserMetadata;
        });
        return null;
    }

    private static CommandFailure? Check(
        CommandBatch batch, RequestCancelExternalWorkflowExecutionCommandAttributes? attributes)
    {
        if (attributes is null)
        {
            return new(Cause, $"RequestCancelExternalWorkflowExecutionCommandAttributes is not set on {Name}.");
        }

        var target = new CommandTarget(
            Name, Cause, attributes.Namespace, attributes.WorkflowId, attributes.RunId);
        var where = $"RunId={attributes.RunId} Namespace={attributes.Namespace}";
        var whereMissing = $"Namespace={attributes.Namespace} RunId={attributes.RunId}";
        if ((target.CheckNamespace(batch) ?? target.CheckIds(batch, whereMissing, where)) is { } failure)
        {
            return failure;
        }

        // The child's start has not even been sent: an SDK cancels such a child by not starting it.
        return IsStartedByThisTask(batch, attributes.WorkflowId)
            ? target.Bad("Start and RequestCancel for child workflow is not allowed in same workflow task. "
                + $"WorkflowId={attributes.WorkflowId} {where}")
            : null;
    }

    private static bool IsStartedByThisTask(CommandBatch batch, string workflowId)
    {
        // The batch's own events follow its COMPLETED event, so the search costs what the batch has done.
        for (var id = batch.State.LastEventId; id > batch.CompletedEventId; id--)
        {
            if (batch.State.Children.TryGetValue(id, out var child) && child.Attributes.WorkflowId == workflowId)
            {
                return true;
            }
        }

        return false;
    }
}
