using System.Diagnostics.CodeAnalysis;

namespace AugmentedOS.Engine.TaskQueues;

/// <summary>Brings tasks and pollers together. Thread-safe; never calls back while it holds a lock.</summary>
internal interface ITaskMatcher
{
    /// <summary>Reserves a waiting poller for a task that is about to be scheduled, so that its start is recorded in the
    /// same transition. False when nobody waits, or when older tasks wait in that queue.</summary>
    bool TryReserve(in TaskReference task, [NotNullWhen(true)] out Poller? poller);

    /// <summary>A reserved poller was not needed after all (or its task was stale): it waits again or takes the next task.</summary>
    void Return(Poller poller);

    /// <summary>A durable task that no poller was reserved for. Adding one twice is harmless.</summary>
    void Add(in TaskReference task);
}
