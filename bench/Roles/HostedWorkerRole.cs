using System.Diagnostics;
using AugmentedOS.Bench.Processes;
using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.Hosting;
using AugmentedOS.Workflows.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Temporalio.Extensions.Hosting;

namespace AugmentedOS.Bench.Roles;

/// <summary>The worker of <see cref="WorkerRole"/>, hosted by the platform library, in a process of its own.</summary>
internal static class HostedWorkerRole
{
    /// <summary>Hosting alone.</summary>
    public const string Hosted = "hosted";

    /// <summary>Hosting with traces that somebody listens to.</summary>
    public const string Traced = "traced";

    /// <summary>Hosting with traces and the translation of errors.</summary>
    public const string Whole = "whole";

    public static async Task RunAsync(string address, string mode)
    {
        using var listener = mode == Hosted ? null : Listen();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Workflows:Profile"] = nameof(WorkflowsProfile.Cluster),
            ["Workflows:Address"] = address,
        });
        var workflows = builder.AddWorkflows();
        if (mode != Hosted)
        {
            workflows.AddTracing();
        }

        workflows.AddWorker(BenchWorkflows.Queue).ConfigureOptions(options =>
        {
            WorkerRole.Configure(options);
            if (mode == Whole)
            {
                options.UseErrorTranslation();
            }
        });
        using var host = builder.Build();
        await host.StartAsync();
        ChildProcess.SayReady(address);
        await ChildProcess.UntilParentEndsAsync();
        await host.StopAsync();
    }

    /// <summary>Takes every span with all its data, and throws it away: what an exporter costs is not ours.</summary>
    private static ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => WorkflowTracing.SourceNames.Contains(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
