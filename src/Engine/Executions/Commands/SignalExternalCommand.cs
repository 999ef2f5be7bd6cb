using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Commands;

/// <summary>Signals another workflow. Whether it arrives is told by a later event.</summary>
internal static class SignalExternalCommand
{
    private const string Name = "SignalExternalWorkflowExecutionCommand";
    private const WorkflowTaskFailedCause Cause = WorkflowTaskFailedCause.BadSignalWorkflowExecutionAttributes;

    public static CommandFailure? Apply(CommandBatch batch, Command command)
    {
        var attributes = command.SignalExternalWorkflowExecutionCommandAttributes;
        if (Check(batch, attributes) is { } failure)
        {
            return failure;
        }

        var limits = batch.Context.Limits;
        if (batch.State.PendingExternalSignals >= limits.MaxPendingSignals)
        {
            return new(
                WorkflowTaskFailedCause.PendingSignalsLimitExceeded,
                $"the number of pending signals to external workflows, {batch.State.PendingExternalSignals}, has "
                + $"reached the per-workflow limit of {limits.MaxPendingSignals}");
        }

        if (attributes.Input?.CalculateSize() > limits.BlobSizeError)
        {
            return TooLarge("SignalExternalWorkflowExecutionCommandAttributes.Input exceeds size limit.");
        }

        batch.Draft.Record(EventType.SignalExternalWorkflowExecutionInitiated, e =>
        {
            e.SignalExternalWorkflowExecutionInitiatedEventAttributes =
                new SignalExternalWorkflowExecutionInitiatedEventAttributes
                {
                    WorkflowTaskCompletedEventId = batch.CompletedEventId,
                    Namespace = CommandTarget.OwnNamespace(batch),
                    NamespaceId = batch.State.Key.Namespace.ToString(),
                    WorkflowExecution = attributes.Execution,
                    SignalName = attributes.SignalName,
                    Input = attributes.Input,
                    Control = attributes.Control,
                    ChildWorkflowOnly = attributes.ChildWorkflowOnly,
                    Header = attributes.Header,
                };
            e.UserMetadata = command.UserMetadata;
        });
        return null;
    }

    private static CommandFailure? Check(
        CommandBatch batch, SignalExternalWorkflowExecutionCommandAttributes? attributes)
    {
        if (attributes is null)
        {
            return Bad($"SignalExternalWorkflowExecutionCommandAttributes is not set on {Name}.");
        }

        if (attributes.Execution is not { } execution)
        {
            return Bad($"Execution is not set on {Name}.");
        }

        var target = new CommandTarget(
            Name, Cause, attributes.Namespace, execution.WorkflowId, execution.RunId);
        if (target.CheckNamespace(batch) is { } elsewhere)
        {
            return elsewhere;
        }

        var where = $"Namespace={attributes.Namespace} RunId={execution.RunId}";
        var whereAndWhat = $"{where} SignalName={attributes.SignalName}";
        if (target.CheckIds(batch, whereAndWhat, whereAndWhat) is { } badId)
        {
            return badId;
        }

        return attributes.SignalName.Length == 0
            ? Bad($"SignalName is not set on {Name}. WorkflowId={execution.WorkflowId} {where}")
            : null;
    }

    private static CommandFailure Bad(string message) => new(Cause, message);

    private static CommandFailure TooLarge(string message) => new(Cause, message, TerminatesRun: true);
}
