using AugmentedOS.Workflows.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Temporalio.Client;
using Temporalio.Extensions.Hosting;

namespace AugmentedOS.Samples.Hosting;

/// <summary>One application, run twice: on an engine in its process, and, with another setting and not a line of code
/// changed, on a server: the engine of the first.</summary>
internal static class HostingSample
{
    public static async Task RunAsync(TextWriter output, CancellationToken cancelled)
    {
        using var embedded = Build(
            "north",
            new() { ["Workflows:Profile"] = "Embedded", ["Workflows:File"] = ":memory:", ["Engine:Port"] = "0" });
        await embedded.StartAsync(cancelled);
        await output.WriteLineAsync("engine in the process:");
        await GreetAsync(embedded, "north", output, cancelled);

        var address = embedded.Services.GetRequiredService<ITemporalClient>().Connection.Options.TargetHost;
        using (var connected = Build(
            "south", new() { ["Workflows:Profile"] = "Cluster", ["Workflows:Address"] = address }))
        {
            await connected.StartAsync(cancelled);
            await output.WriteLineAsync("the same application on a server:");
            await GreetAsync(connected, "south", output, cancelled);
            await connected.StopAsync(cancelled);
        }

        await embedded.StopAsync(cancelled);
    }

    /// <summary>The application.</summary>
    private static IHost Build(string queue, Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddSingleton(new Greeter("Good morning"));
        var workflows = builder.AddWorkflows();
        workflows.AddWorker(queue)
            .AddWorkflow<GreetingWorkflow>()
            .AddScopedActivities<GreetingActivities>();
        return builder.Build();
    }

    private static async Task GreetAsync(IHost host, string queue, TextWriter output, CancellationToken cancelled)
    {
        var client = host.Services.GetRequiredService<ITemporalClient>();
        var greeting = await client.ExecuteWorkflowAsync(
            (GreetingWorkflow workflow) => workflow.RunAsync(queue),
            new($"greeting-{queue}", queue) { Rpc = new() { CancellationToken = cancelled } });
        await output.WriteLineAsync(greeting);
    }
}
