using AugmentedOS.Engine.Runtime;

namespace AugmentedOS.Engine.Clocks;

/// <summary>A scheduler whose work counts as under way from when it is scheduled until it has ended.</summary>
internal sealed class WatchedScheduler(IWorkScheduler inner, Stillness stillness) : IWorkScheduler
{
    public void Schedule(IThreadPoolWorkItem work)
    {
        stillness.Enter();
        inner.Schedule(new Watched(work, stillness));
    }

    private sealed class Watched(IThreadPoolWorkItem work, Stillness stillness) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            try
            {
                work.Execute();
            }
            finally
            {
                stillness.Leave();
            }
        }
    }
}
