using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.TaskQueues;

namespace AugmentedOS.Engine.Runtime;

/// <summary>The input by which a poller takes a task.</summary>
internal static class TaskStart
{
    public static Input Of(in TaskReference task, Poller poller, DecisionContext context)
    {
        var requestId = context.Ids.Next().ToString("D");
        return task.IsActivity
            ? new StartActivity(task.Run, task.ScheduledEventId, task.Attempt, poller.Identity, requestId)
            {
                Queue = poller.Queue.Name,
                Route = task.Route,
                Runs = poller.Runs,
                Sdk = poller.Sdk,
            }
            : new StartWorkflowTask(
                task.Run, task.ScheduledEventId, task.Attempt, poller.Queue.Name, poller.Identity, requestId)
            {
                Route = task.Route,
                Runs = poller.Runs,
            };
    }

    /// <summary>Whether an activity may make its run move to the worker's version instead of starting.</summary>
    public static bool MayMoveRun(in TaskReference task, Poller poller) =>
        task.IsActivity && !task.Route.IsPinned && poller.Runs != task.Route.Version;
}
