using AugmentedOS.Engine.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Temporalio.Client;

namespace AugmentedOS.Workflows.Hosting;

/// <summary>Adds workflows to an application.</summary>
public static class WorkflowsServices
{
    /// <summary>Connects the application to where its workflows run, as the section <c>Workflows</c> of its
    /// configuration says: an engine in this process, started and stopped with the host; a cluster; or a managed
    /// service. Workers, controllers and services take <see cref="ITemporalClient"/>.</summary>
    /// <param name="configure">Sets what code decides; it wins over configuration.</param>
    /// <returns>Continues with workers.</returns>
    /// <remarks>Configuration is read now: a source that is added later is not seen. Services that call workflows while
    /// the host starts are added after this.</remarks>
    /// <exception cref="WorkflowsConfigurationException">The settings cannot work; a line says what to do for each.
    /// </exception>
    public static WorkflowsBuilder AddWorkflows(
        this IHostApplicationBuilder builder, Action<WorkflowsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Services.AddWorkflows(builder.Configuration, configure);
    }

    /// <inheritdoc cref="AddWorkflows(IHostApplicationBuilder, Action{WorkflowsOptions})"/>
    /// <param name="configuration">The application's configuration, of which the section <c>Workflows</c> is
    /// read.</param>
    public static WorkflowsBuilder AddWorkflows(
        this IServiceCollection services, IConfiguration configuration, Action<WorkflowsOptions>? configure = null) =>
        services.AddWorkflows(configuration, configure, TemporalEnvironment.OfProcess());

    internal static WorkflowsBuilder AddWorkflows(
        this IServiceCollection services,
        IConfiguration configuration,
        Action<WorkflowsOptions>? configure,
        IReadOnlyDictionary<string, string> variables)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        ThrowIfThereAlready(services);
        var settings = SettingsResolution.Resolve(configuration, configure, variables);
        if (settings.IsEmbedded)
        {
            services.AddWorkflowEngine(options => ConfigureEngine(options, settings));
        }

        services.AddSingleton(settings);
        services.AddTemporalClient();
        services.AddSingleton<IConfigureOptions<TemporalClientConnectOptions>, ClientSetup>();
        services.AddSingleton<WorkflowsConnection>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<WorkflowsConnection>());
        return new WorkflowsBuilder(services, settings);
    }

    private static void ConfigureEngine(WorkflowEngineOptions options, ConnectionSettings settings)
    {
        options.DatabasePath = settings.File ?? options.DatabasePath;
        if (!options.Namespaces.Contains(settings.Namespace))
        {
            options.Namespaces.Add(settings.Namespace);
        }
    }

    private static void ThrowIfThereAlready(IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(ConnectionSettings)))
        {
            throw new WorkflowsConfigurationException(
                "AddWorkflows is called twice: keep what the first call returned and add workers to that.");
        }

        if (services.Any(service => service.ServiceType == typeof(ITemporalClient) && !service.IsKeyedService))
        {
            throw new WorkflowsConfigurationException(
                "The application has an ITemporalClient of its own (AddTemporalClient?), so that AddWorkflows cannot "
                + "say where it connects: remove it, and change the client's options with "
                + "AddWorkflows(...).ConfigureClient(...).");
        }
    }
}
