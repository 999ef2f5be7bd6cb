namespace AugmentedOS.Engine.Runtime;

/// <summary>Work on the thread pool: what runs must not block.</summary>
internal sealed class ThreadPoolScheduler : IWorkScheduler
{
    public static ThreadPoolScheduler Instance { get; } = new();

    public void Schedule(IThreadPoolWorkItem work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
}
