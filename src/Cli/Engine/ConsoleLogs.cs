using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace AugmentedOS.Cli.Engine;

/// <summary>Log records on the console.</summary>
internal static class ConsoleLogs
{
    /// <summary>Lines for people, on standard error.</summary>
    public static ILoggingBuilder AddPretty(this ILoggingBuilder logging) => logging
        .AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        })
        .ToStandardError();

    /// <summary>One JSON object a line, on standard output.</summary>
    public static ILoggingBuilder AddJson(this ILoggingBuilder logging) =>
        logging.AddJsonConsole(console => console.UseUtcTimestamp = true);

    public static ILoggingBuilder ToStandardError(this ILoggingBuilder logging)
    {
        logging.Services.Configure<ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        return logging;
    }
}
