using AugmentedOS.Engine.Deployments;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.TaskQueues;
using Temporalio.Api.TaskQueue.V1;

namespace AugmentedOS.Engine.Api.TaskQueues;

/// <summary>What the long polls for workflow tasks, activities and Nexus requests have in common: how long they last, that
/// the worker's version is made known, and the wait.</summary>
internal sealed class WorkerPolls(TaskMatcher matcher, LongPollTimes times, TimeProvider time, VersionedPolls versions)
{
    /// <param name="timeLeft">Until the caller's deadline; null without one.</param>
    public (TimeSpan Duration, Rejection? Impatient) DurationFor(TimeSpan? timeLeft) => times.For(timeLeft);

    /// <summary>Waits for a task.</summary>
    /// <returns>The poller, for advice; and what it was given, null for nothing.</returns>
    public async ValueTask<(Poller? Poller, Outcome? Outcome)> WaitAsync(
        PollingWorker worker, TimeSpan duration, CancellationToken left)
    {
        if (await versions.RegisterAsync(worker.Queue, worker.Deployment).ConfigureAwait(false) is { } unknown)
        {
            return (null, new Outcome(null, unknown));
        }

        Poller? poller = null;
        var outcome = await LongPoll.RunAsync(
            matcher,
            time,
            ended => poller = new Poller(worker.Queue, worker.Identity, worker.InstanceKey, ended)
            {
                Version = worker.Version,
                Deployment = worker.Deployment,
                MaxTasksPerSecond = worker.MaxTasksPerSecond,
                Sdk = worker.Sdk,
                Since = Instant.From(time.GetUtcNow()),
            },
            duration,
            left).ConfigureAwait(false);
        return (poller, outcome);
    }

    /// <summary>Whether the worker should poll more often, or less.</summary>
    public PollerScalingDecision? AdviseOn(Poller poller) => matcher.AdviseOn(poller);

    public int BacklogOf(TaskQueueKey queue) => matcher.BacklogOf(queue);
}
