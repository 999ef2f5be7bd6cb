using Microsoft.Extensions.DependencyInjection;
using Temporalio.Extensions.Hosting;

namespace AugmentedOS.Workflows.Resilience;

/// <summary>Dependencies in an application.</summary>
public static class HostedDependencies
{
    /// <summary>Adds the dependencies of this application, one <see cref="Dependencies"/> for all its workers; health
    /// checks and controllers take it as a service.</summary>
    /// <exception cref="ArgumentException">When the host starts: as <see cref="Dependencies.Add"/>.</exception>
    public static IServiceCollection AddDependencies(this IServiceCollection services, Action<Dependencies> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        if (services.Any(service => service.ServiceType == typeof(Dependencies)))
        {
            throw new InvalidOperationException(
                "AddDependencies is called twice: add all dependencies of the application in one call, so that its "
                + "workers share their state.");
        }

        return services.AddSingleton(provider =>
        {
            var dependencies = new Dependencies(provider.GetService<TimeProvider>());
            configure(dependencies);
            return dependencies;
        });
    }

    /// <summary>Runs this worker's activities through the circuit breakers and limits of what they depend on, as
    /// <see cref="AddDependencies"/> says. Call it after activities were added, so that their names are checked when
    /// the host starts.
    /// </summary>
    /// <returns>The builder, to be continued.</returns>
    public static ITemporalWorkerServiceOptionsBuilder UseDependencies(
        this ITemporalWorkerServiceOptionsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.ConfigureOptions().PostConfigure<IServiceProvider>((options, provider) => options.UseDependencies(
            provider.GetService<Dependencies>() ?? throw new InvalidOperationException(
                $"The worker of task queue \"{options.TaskQueue}\" uses dependencies, and the application has none: "
                    + "call services.AddDependencies(dependencies => dependencies.Add(\"…\")).")));
        return builder;
    }
}
