using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Fuzz;

/// <summary>The type that a command's attributes ask for.</summary>
internal static class CommandTypes
{
    private const string Suffix = "CommandAttributes";

    public static CommandType Of(Command.AttributesOneofCase attributes)
    {
        var name = attributes.ToString();
        return name.EndsWith(Suffix, StringComparison.Ordinal) && Enum.TryParse<CommandType>(name[..^Suffix.Length], out var type)
            ? type
            : CommandType.Unspecified;
    }
}
