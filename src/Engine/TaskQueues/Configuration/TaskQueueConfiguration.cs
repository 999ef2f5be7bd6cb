using AugmentedOS.Engine.Entities;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;

namespace AugmentedOS.Engine.TaskQueues.Configuration;

/// <summary>What was configured for one task queue of one type. The message in it is never changed.</summary>
internal sealed record TaskQueueConfiguration(TaskQueueConfig Config) : IEntityState
{
    public Instant? WakeAt => null;

    public static EntityKey KeyOf(TaskQueueKey queue) =>
        new(EntityKind.TaskQueueConfiguration, queue.Namespace, $"{(int)queue.Type}/{queue.Name}");

    /// <summary>The queue that an entity's key stands for.</summary>
    public static TaskQueueKey QueueOf(EntityKey key)
    {
        var slash = key.Id.IndexOf('/', StringComparison.Ordinal);
        var type = (TaskQueueType)int.Parse(key.Id.AsSpan(0, slash), System.Globalization.CultureInfo.InvariantCulture);
        return new TaskQueueKey(key.Namespace, key.Id[(slash + 1)..], type);
    }
}
