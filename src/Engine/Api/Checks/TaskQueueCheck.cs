using AugmentedOS.Engine.Executions;
using Temporalio.Api.TaskQueue.V1;

namespace AugmentedOS.Engine.Api.Checks;

/// <summary>Whether a request names a task queue that can be.</summary>
internal static class TaskQueueCheck
{
    public static Rejection? Check(TaskQueue? queue)
    {
        if (queue is null)
        {
            return Rejection.InvalidArgument("taskQueue is not set");
        }

        return TaskQueueNames.Problem(queue.Name, EngineLimits.Default) is { } problem
            ? Rejection.InvalidArgument(problem)
            : null;
    }
}
