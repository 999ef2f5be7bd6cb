using Temporalio.Api.TaskQueue.V1;

namespace AugmentedOS.Engine.Api.Checks;

/// <summary>Whether a request names a task queue that can be.</summary>
internal static class TaskQueueCheck
{
    private const string ReservedPrefix = "/_sys/";
    private const string ReservedName = "temporal-sys-per-ns-tq";

    /// <summary>The queue of a workflow or a poll.</summary>
    public static Rejection? Check(TaskQueue? queue)
    {
        if (queue is null)
        {
            return Rejection.InvalidArgument("taskQueue is not set");
        }

        if (queue.Name.Length == 0)
        {
            return Rejection.InvalidArgument("missing task queue name");
        }

        if (Lengths.Exceeds(queue.Name))
        {
            return Rejection.InvalidArgument("taskQueue length exceeds limit");
        }

        if (queue.Name.StartsWith(ReservedPrefix, StringComparison.Ordinal))
        {
            return Rejection.InvalidArgument($"task queue name cannot start with reserved prefix {ReservedPrefix}");
        }

        return queue.Name == ReservedName
            ? Rejection.InvalidArgument($"cannot use internal per-namespace task queue name: {ReservedName}")
            : null;
    }
}
