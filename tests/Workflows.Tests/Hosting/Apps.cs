using AugmentedOS.Workflows.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Temporalio.Client;
using Temporalio.Extensions.Hosting;

namespace AugmentedOS.Workflows.Tests.Hosting;

/// <summary>Makes applications for tests.</summary>
internal static class Apps
{
    public static readonly Dictionary<string, string> NoVariables = [];

    public static readonly Dictionary<string, string?> InMemory = new()
    {
        ["Workflows:Profile"] = "Embedded",
        ["Workflows:File"] = ":memory:",
        ["Engine:Port"] = "0",
    };

    public static HostApplicationBuilder Builder(params IEnumerable<KeyValuePair<string, string?>> configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { ApplicationName = "tests" });
        builder.Configuration.AddInMemoryCollection(configuration);
        return builder;
    }

    /// <summary>One and the same application, wherever its workflows run.</summary>
    public static IHost Greeting(string queue, params IEnumerable<KeyValuePair<string, string?>> configuration)
    {
        var builder = Builder(configuration);
        builder.Services.AddScoped<Greeter>();
        builder.AddWorkflows()
            .AddWorker(queue)
            .AddWorkflow<GreetingWorkflow>()
            .AddScopedActivities<GreetingActivities>();
        return builder.Build();
    }

    public static ITemporalClient Client(this IHost host) => host.Services.GetRequiredService<ITemporalClient>();

    public static Task<string> GreetAsync(this IHost host, string queue, string name) =>
        host.Client().ExecuteWorkflowAsync(
        (GreetingWorkflow workflow) => workflow.RunAsync(name), new($"greet-{Guid.NewGuid()}", queue));
}
