using Temporalio.Api.Command.V1;

namespace AugmentedOS.Engine.Executions.Commands;

/// <summary>Ends the run with a failure, or retries it.</summary>
internal static class FailExecutionCommand
{
    /// <summary>Carries the command out on the batch's draft; or says why it cannot be.</summary>
    public static CommandFailure? Apply(CommandBatch batch, Command command) =>
        throw new NotSupportedException($"{batch.State.Key}: {command.CommandType} is on its way.");
}
