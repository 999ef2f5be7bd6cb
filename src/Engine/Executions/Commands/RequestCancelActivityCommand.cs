using Temporalio.Api.Command.V1;

namespace AugmentedOS.Engine.Executions.Commands;

/// <summary>Asks an activity to stop.</summary>
internal static class RequestCancelActivityCommand
{
    /// <summary>Carries the command out on the batch's draft; or says why it cannot be.</summary>
    public static CommandFailure? Apply(CommandBatch batch, Command command) =>
        throw new NotSupportedException($"{batch.State.Key}: {command.CommandType} is on its way.");
}
