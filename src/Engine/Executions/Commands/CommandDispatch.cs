using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Executions.Commands;

/// <summary>Which code carries out which command.</summary>
internal static class CommandDispatch
{
    public static CommandFailure? Apply(CommandBatch batch, Command command) => command.CommandType switch
    {
        CommandType.ScheduleActivityTask => ScheduleActivityCommand.Apply(batch, command),
        CommandType.RequestCancelActivityTask => RequestCancelActivityCommand.Apply(batch, command),
        CommandType.StartTimer => StartTimerCommand.Apply(batch, command),
        CommandType.CancelTimer => CancelTimerCommand.Apply(batch, command),
        CommandType.RecordMarker => RecordMarkerCommand.Apply(batch, command),
        CommandType.UpsertWorkflowSearchAttributes => UpsertSearchAttributesCommand.Apply(batch, command),
        CommandType.ModifyWorkflowProperties => ModifyPropertiesCommand.Apply(batch, command),
        CommandType.CompleteWorkflowExecution => CompleteExecutionCommand.Apply(batch, command),
        CommandType.FailWorkflowExecution => FailExecutionCommand.Apply(batch, command),
        CommandType.CancelWorkflowExecution => CancelExecutionCommand.Apply(batch, command),
        CommandType.ContinueAsNewWorkflowExecution => ContinueAsNewCommand.Apply(batch, command),
        CommandType.StartChildWorkflowExecution => StartChildCommand.Apply(batch, command),
        CommandType.SignalExternalWorkflowExecution => SignalExternalCommand.Apply(batch, command),
        CommandType.RequestCancelExternalWorkflowExecution => CancelExternalCommand.Apply(batch, command),
        CommandType.ScheduleNexusOperation => ScheduleNexusOperationCommand.Apply(batch, command),
        CommandType.RequestCancelNexusOperation => RequestCancelNexusOperationCommand.Apply(batch, command),
        CommandType.ProtocolMessage => ProtocolMessageCommand.Apply(batch, command),
        _ => new CommandFailure(
            WorkflowTaskFailedCause.FeatureDisabled, $"{command.CommandType} is not offered by this engine yet."),
    };

    public static bool Closes(CommandType type) => type is
        CommandType.CompleteWorkflowExecution or CommandType.FailWorkflowExecution
        or CommandType.CancelWorkflowExecution or CommandType.ContinueAsNewWorkflowExecution;
}
