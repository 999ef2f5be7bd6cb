using Temporalio.Worker;

namespace AugmentedOS.Workflows.Resilience;

/// <summary>Dependencies on a worker.</summary>
public static class DependencyWorkers
{
    /// <summary>Runs this worker's activities through the circuit breakers and limits of what they depend on.</summary>
    /// <exception cref="InvalidOperationException">The worker uses dependencies already, or an activity that it has
    /// names one that was not added. Activities that are added afterwards are checked when they first run.</exception>
    public static TOptions UseDependencies<TOptions>(this TOptions options, Dependencies dependencies)
        where TOptions : TemporalWorkerOptions
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(dependencies);
        if (options.Interceptors?.OfType<DependencyInterceptor>().Any() == true)
        {
            throw new InvalidOperationException(
                $"The worker of task queue \"{options.TaskQueue}\" uses dependencies already: call UseDependencies "
                    + "once, with all of them added to one Dependencies.");
        }

        foreach (var activity in options.Activities)
        {
            dependencies.Of(activity);
        }

        options.Interceptors = [.. options.Interceptors ?? [], new DependencyInterceptor(dependencies)];
        return options;
    }
}
