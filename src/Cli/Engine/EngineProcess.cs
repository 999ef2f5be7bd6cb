using AugmentedOS.Engine.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AugmentedOS.Cli.Engine;

/// <summary>An engine as a process of its own: starts, says where it is, and stops in good order on Ctrl-C or SIGTERM.
/// </summary>
/// <param name="announce">Told once the engine serves calls.</param>
internal sealed class EngineProcess(
    Action<WorkflowEngineOptions> configure,
    Action<ILoggingBuilder> log,
    Func<IWorkflowEngine, Task> announce,
    TextWriter error)
{
    public async Task<int> RunAsync(CancellationToken cancelled)
    {
        try
        {
            using var host = Build();
            await host.StartAsync(cancelled).ConfigureAwait(false);
            await announce(host.Services.GetRequiredService<IWorkflowEngine>()).ConfigureAwait(false);
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
        builder.Logging.AddFilter("Microsoft", LogLevel.Critical);
        log(builder.Logging);
        builder.Services.AddWorkflowEngine(configure);
        return builder.Build();
    }
}
