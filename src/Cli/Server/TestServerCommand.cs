using System.Globalization;
using AugmentedOS.Cli.Engine;
using AugmentedOS.Engine.Hosting;
using Microsoft.Extensions.Logging;

namespace AugmentedOS.Cli.Server;

/// <summary><c>aos PORT [--enable-time-skipping]</c>: the engine in the place of the SDKs' time-skipping test server.</summary>
internal static class TestServerCommand
{
    private const string Unlocked = "--enable-time-skipping";

    /// <summary>No closed run goes for good because a test skipped its retention.</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromDays(3650);

    /// <summary>Whether the arguments are of this form; no command of this program is a number.</summary>
    public static bool IsMeant(string[] args) => args is [var first, ..] && PortOf(first) is not null;

    public static async Task<int> RunAsync(
        string[] args, TextWriter output, TextWriter error, CancellationToken cancelled)
    {
        if (args.Skip(1).FirstOrDefault(argument => argument != Unlocked) is { } unknown)
        {
            await error.WriteLineAsync($"'{unknown}' is not known here: give PORT [{Unlocked}].").ConfigureAwait(false);
            return ExitCode.Usage;
        }

        var process = new EngineProcess(
            options =>
            {
                options.DatabasePath = WorkflowEngineOptions.InMemory;
                options.Port = PortOf(args[0]);
                options.Retention = Retention;
                options.TimeSkipping = args.Length > 1 ? TimeSkipping.Unlocked : TimeSkipping.Locked;
            },
            logging => logging.AddPretty().SetMinimumLevel(LogLevel.Warning),
            engine => output.WriteLineAsync($"Time-skipping test server listens on {engine.Address}"),
            error);
        return await process.RunAsync(cancelled).ConfigureAwait(false);
    }

    private static int? PortOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;
}
