using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AugmentedOS.Engine.Hosting;

/// <summary>Adds the engine to an application.</summary>
public static class WorkflowEngineServices
{
    /// <summary>Runs a workflow engine inside this application, started and stopped with its host. Ask for
    /// <see cref="IWorkflowEngine"/> to learn where it listens.</summary>
    /// <param name="configure">Sets options; it wins over configuration and environment.</param>
    /// <remarks>Wrong options, a taken port and a locked file fail the host's start with an
    /// <see cref="EngineStartException"/> that says what to do.</remarks>
    public static IServiceCollection AddWorkflowEngine(
        this IServiceCollection services, Action<WorkflowEngineOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<WorkflowEngineOptions>().Configure<IServiceProvider>(
            static (options, provider) => EngineConfiguration.Apply(options, provider.GetService<IConfiguration>()));
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddSingleton(EngineClock.System);
        services.AddEngineRpcs(provider => new EngineCore(
            provider.GetRequiredService<IOptions<WorkflowEngineOptions>>().Value,
            new SteadyClock(provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<ILoggerFactory>()));
        services.TryAddSingleton<WorkflowEngineService>();
        services.TryAddSingleton<IWorkflowEngine>(provider => provider.GetRequiredService<WorkflowEngineService>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<WorkflowEngineService>());
        return services;
    }
}
