using System.CommandLine;
using AugmentedOS.Cli.Engine;
using Microsoft.Extensions.Logging;

namespace AugmentedOS.Cli.Server;

/// <summary><c>aos server start-dev</c>: the engine with the arguments, the texts and the defaults of Temporal's development
/// server, so that what starts that one starts this one.</summary>
internal sealed class StartDevCommand
{
    private readonly StartDevOptions _options = new();

    public static Command Create(TextWriter output, TextWriter error)
    {
        var start = new StartDevCommand();
        var command = new Command(
            "start-dev", "Runs the engine as a development server, in memory unless --db-filename is given, until Ctrl-C.");
        foreach (var option in start._options.All)
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancelled) => start.RunAsync(parsed, output, error, cancelled));
        return command;
    }

    private async Task<int> RunAsync(
        ParseResult parsed, TextWriter output, TextWriter error, CancellationToken cancelled)
    {
        var server = DevServer.Read(parsed, _options);
        if ((server.Problem ?? PortCheck.Problem(server)) is { } problem)
        {
            await error.WriteLineAsync($"Error: {problem}").ConfigureAwait(false);
            return ExitCode.Failed;
        }

        if (server.LogsConfig)
        {
            await error.WriteAsync(server.Describe()).ConfigureAwait(false);
        }

        var process = new EngineProcess(
            server.Configure,
            logging => AddLogs(logging, server),
            engine => DevServerAnnouncement.PrintAsync(server, engine, output),
            error);
        return await process.RunAsync(cancelled).ConfigureAwait(false);
    }

    private static void AddLogs(ILoggingBuilder logging, DevServer server)
    {
        // Standard output is for what people read at start; an SDK that starts the server may show it to its user.
        (server.LogsJson ? logging.AddJson() : logging.AddPretty()).ToStandardError().SetMinimumLevel(server.LogLevel);
    }
}
