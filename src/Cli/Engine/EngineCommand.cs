using System.CommandLine;

namespace AugmentedOS.Cli.Engine;

/// <summary><c>aos engine</c>.</summary>
internal static class EngineCommand
{
    public static Command Create(TextWriter output, TextWriter error) =>
        new("engine", "The workflow engine: speaks Temporal's gRPC API, keeps everything in one SQLite file.")
        {
            EngineStartCommand.Create(output, error),
        };
}
