using AugmentedOS.Workflows.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace AugmentedOS.Workflows.Health;

/// <summary>Health checks of what workflows need.</summary>
public static class WorkflowHealthChecks
{
    /// <summary>The tag of all of them, to map them apart from others.</summary>
    public const string Tag = "workflows";

    /// <summary>Whether the server answers, lets this application in and has its namespace.</summary>
    public const string Connection = "workflows-connection";

    /// <summary>Whether each worker of this application polls for what it has.</summary>
    public const string Workers = "workflows-workers";

    /// <summary>Whether the embedded engine serves, has room on its disk, and timers are on time.</summary>
    public const string Engine = "workflows-engine";

    /// <summary>Adds <see cref="Connection"/>, <see cref="Workers"/>, and with the profile
    /// <see cref="WorkflowsProfile.Embedded"/> <see cref="Engine"/>; all are looked for when the host is
    /// asked.</summary>
    /// <remarks>They are readiness, not liveness: restarting this process mends no server.</remarks>
    /// <exception cref="WorkflowsConfigurationException">The application has no workflows yet.</exception>
    public static IHealthChecksBuilder AddWorkflows(
        this IHealthChecksBuilder checks, Action<WorkflowHealthOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(checks);
        var settings = checks.Services.Select(service => service.IsKeyedService ? null : service.ImplementationInstance)
            .OfType<ConnectionSettings>().FirstOrDefault()
            ?? throw new WorkflowsConfigurationException(
                "AddHealthChecks().AddWorkflows() comes before the application has workflows: call "
                + "builder.AddWorkflows() first.");
        var options = new WorkflowHealthOptions();
        configure?.Invoke(options);
        checks.Services.AddSingleton(options);
        checks.Services.TryAddSingleton<IWorkerPolls, ServerPolls>();
        checks.AddCheck<ConnectionCheck>(Connection, tags: [Tag], timeout: options.Timeout);
        checks.AddCheck<WorkersCheck>(Workers, tags: [Tag], timeout: options.Timeout);
        if (settings.IsEmbedded)
        {
            checks.Services.AddSingleton(provider => new TimerLag(provider.GetRequiredService<TimeProvider>()));
            checks.Services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<TimerLag>());
            checks.Services.TryAddSingleton<IDisk, Disk>();
            checks.AddCheck<EngineCheck>(Engine, tags: [Tag], timeout: options.Timeout);
        }

        return checks;
    }
}
