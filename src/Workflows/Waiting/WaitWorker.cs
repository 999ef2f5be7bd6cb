using Temporalio.Worker;

namespace AugmentedOS.Workflows.Waiting;

/// <summary>Waiting on a worker.</summary>
public static class WaitWorker
{
    /// <summary>Has the worker wait for the ends of workflows.</summary>
    public static TOptions AddWaiting<TOptions>(this TOptions options)
        where TOptions : TemporalWorkerOptions
    {
        ArgumentNullException.ThrowIfNull(options);
        options.AddAllActivities(typeof(WaitActivities), null);
        return options;
    }
}
