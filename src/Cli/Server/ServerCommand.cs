using System.CommandLine;

namespace AugmentedOS.Cli.Server;

/// <summary><c>aos server</c>: the commands of Temporal's own command line that start a server.</summary>
internal static class ServerCommand
{
    public static Command Create(TextWriter output, TextWriter error) =>
        new("server", "The engine in the place of Temporal's development server, with its arguments.")
        {
            StartDevCommand.Create(output, error),
        };
}
