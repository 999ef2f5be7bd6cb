using Temporalio.Worker;

namespace AugmentedOS.Workflows.Locks;

/// <summary>Locks on a worker.</summary>
public static class LockWorker
{
    /// <summary>Has the worker run the locks' workflows and what workflows need to ask for one. Every worker whose
    /// workflows use <see cref="DistributedLock"/> needs it.</summary>
    public static TOptions AddLocks<TOptions>(this TOptions options)
        where TOptions : TemporalWorkerOptions
    {
        ArgumentNullException.ThrowIfNull(options);
        options.AddWorkflow<LockWorkflow>().AddAllActivities(typeof(LockActivities), null);
        return options;
    }
}
