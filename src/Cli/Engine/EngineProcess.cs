using AugmentedOS.Engine.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace AugmentedOS.Cli.Engine;

/// <summary>An engine as a process of its own: starts, says where it is, and stops in good order on Ctrl-C or SIGTERM.
/// </summary>
internal sealed class EngineProcess(
    Action<WorkflowEngineOptions> configure, LogLevel level, LogFormat format, TextWriter output, TextWriter error)
{
    private const int DefaultHttpPort = 8233;

    public async Task<int> RunAsync(CancellationToken cancelled)
    {
        try
        {
            using var host = Build();
            await host.StartAsync(cancelled).ConfigureAwait(false);
            await AnnounceAsync(host).ConfigureAwait(false);
            await host.WaitForShutdownAsync(cancelled).ConfigureAwait(false);
            return ExitCode.Ok;
        }
        catch (EngineStartException wrong)
        {
            await error.WriteLineAsync(wrong.Message).ConfigureAwait(false);
            return ExitCode.Failed;
        }
    }

    private IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(level).AddFilter("Microsoft", LogLevel.Critical);
        if (format == LogFormat.Json)
        {
            builder.Logging.AddJsonConsole(console => console.UseUtcTimestamp = true);
        }
        else
        {
            builder.Logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
            });
            builder.Services.Configure<ConsoleLoggerOptions>(
                console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        }

        builder.Services.AddWorkflowEngine(options =>
        {
            options.HttpPort ??= DefaultHttpPort;
            configure(options);
        });
        return builder.Build();
    }

    private async Task AnnounceAsync(IHost host)
    {
        if (format == LogFormat.Json)
        {
            return;   // the log has it, and standard output is for machines
        }

        var engine = host.Services.GetRequiredService<IWorkflowEngine>();
        await output.WriteLineAsync($"Engine listens on {engine.Address}").ConfigureAwait(false);
        if (engine.HttpAddress is { } http)
        {
            await output.WriteLineAsync($"HTTP API, health and metrics on http://{http}").ConfigureAwait(false);
        }

        await output.FlushAsync().ConfigureAwait(false);
    }
}
