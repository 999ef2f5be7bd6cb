using System.Collections.Concurrent;
using AugmentedOS.Engine.Entities;
using Temporalio.Api.TaskQueue.V1;

namespace AugmentedOS.Engine.TaskQueues.Configuration;

/// <summary>The durable configurations of task queues, for whoever describes one; tells the matcher of each.
/// Thread-safe.</summary>
internal sealed class TaskQueueConfigurations(TaskMatcher matcher) : IEntityEffects
{
    private readonly ConcurrentDictionary<TaskQueueKey, TaskQueueConfig> _configs = new();

    /// <summary>A queue's configuration; null when nobody ever configured it.</summary>
    public TaskQueueConfig? Find(TaskQueueKey queue) => _configs.GetValueOrDefault(queue);

    /// <inheritdoc/>
    public void Carry(EntityEffect effect)
    {
        var configured = (TaskQueueConfigured)effect;
        var queue = TaskQueueConfiguration.QueueOf(effect.Entity);
        _configs[queue] = configured.Config;
        matcher.Configure(queue, TaskQueueSettings.Of(configured.Config));
    }
}
