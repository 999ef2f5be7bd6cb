namespace AugmentedOS.Engine.Runtime;

/// <summary>Runs work items somewhere: threads in production, one seeded loop in the simulation.</summary>
internal interface IWorkScheduler
{
    void Schedule(IThreadPoolWorkItem work);
}
