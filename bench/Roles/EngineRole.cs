using AugmentedOS.Bench.Processes;
using AugmentedOS.Engine.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AugmentedOS.Bench.Roles;

/// <summary>The engine in a process of its own.</summary>
internal static class EngineRole
{
    public static async Task RunAsync(string databasePath)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddWorkflowEngine(options =>
        {
            options.DatabasePath = databasePath;
            options.Port = 0;
            options.HttpPort = 0;
        });
        using var host = builder.Build();
        await host.StartAsync();
        var engine = host.Services.GetRequiredService<IWorkflowEngine>();
        ChildProcess.SayReady($"{engine.Address} {engine.HttpAddress}");
        await ChildProcess.UntilParentEndsAsync();
        await host.StopAsync();
    }
}
