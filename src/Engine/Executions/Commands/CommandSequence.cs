using Temporalio.Api.Command.V1;

namespace AugmentedOS.Engine.Executions.Commands;

/// <summary>A command that closes the run must be the last.</summary>
internal static class CommandSequence
{
    public static Rejection? Check(IReadOnlyList<Command> commands)
    {
        for (var index = 0; index < commands.Count; index++)
        {
            var type = commands[index].CommandType;
            var isKnown = Enum.IsDefined(type) && type != Temporalio.Api.Enums.V1.CommandType.Unspecified;
            if (!isKnown || (CommandDispatch.Closes(type) && index < commands.Count - 1))
            {
                var types = string.Join(", ", commands.Select(c => c.CommandType));
                return Rejection.InvalidArgument(
                    $"invalid command sequence: [{types}], command {type} must be the last command.");
            }
        }

        return null;
    }
}
