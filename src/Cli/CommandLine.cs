using System.CommandLine;
using AugmentedOS.Cli.Engine;
using AugmentedOS.Cli.Keys;
using AugmentedOS.Cli.Replay;
using AugmentedOS.Cli.Server;

namespace AugmentedOS.Cli;

/// <summary>The <c>aos</c> command line.</summary>
internal static class CommandLine
{
    /// <summary>Runs a command.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        if (TestServerCommand.IsMeant(args))
        {
            return await TestServerCommand.RunAsync(args, output, error, CancellationToken.None).ConfigureAwait(false);
        }

        var parsed = Create(output, error).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var mistake in parsed.Errors)
            {
                await error.WriteLineAsync(mistake.Message).ConfigureAwait(false);
            }

            await error.WriteLineAsync($"Try '{NameOf(parsed)} --help'.").ConfigureAwait(false);
            return ExitCode.Usage;
        }

        var invocation = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            // The host stops the engine in good order on Ctrl-C and SIGTERM.
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(invocation).ConfigureAwait(false);
    }

    private static RootCommand Create(TextWriter output, TextWriter error) =>
        new("Durable workflows: run the engine, look after it, and try new code on recorded histories.")
        {
            EngineCommand.Create(output, error),
            KeyCommand.Create(output),
            PatchesCommand.Create(output, error),
            ReplayCommand.Create(output, error),
            ServerCommand.Create(output, error),
        };

    private static string NameOf(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (var command = parsed.CommandResult; command is not null; command = command.Parent as System.CommandLine.Parsing.CommandResult)
        {
            names.Push(command.Command is RootCommand ? "aos" : command.Command.Name);
        }

        return string.Join(' ', names);
    }
}
