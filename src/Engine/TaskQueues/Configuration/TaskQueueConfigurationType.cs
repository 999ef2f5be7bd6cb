using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Storage.Codecs;
using Temporalio.Api.TaskQueue.V1;

namespace AugmentedOS.Engine.TaskQueues.Configuration;

/// <summary>Configurations of task queues as entities: one message each, told to the matcher once durable.</summary>
internal sealed class TaskQueueConfigurationType : EntityType<TaskQueueConfiguration>
{
    public override EntityKind Kind => EntityKind.TaskQueueConfiguration;

    public override int Version => 1;

    public override void Encode(TaskQueueConfiguration state, ByteSink sink) => sink.Message(state.Config);

    public override TaskQueueConfiguration Decode(EntityKey key, int version, ref ByteSource source) =>
        new(source.Message(TaskQueueConfig.Parser));

    public override IEnumerable<EntityEffect> After(
        EntityKey key, TaskQueueConfiguration? before, TaskQueueConfiguration? after)
    {
        yield return new TaskQueueConfigured(key, after?.Config ?? new TaskQueueConfig());
    }

    public override IEnumerable<EntityEffect> All(EntityKey key, TaskQueueConfiguration state)
    {
        yield return new TaskQueueConfigured(key, state.Config);
    }
}

/// <summary>A queue's configuration is durable: it holds from now on.</summary>
internal sealed record TaskQueueConfigured(EntityKey Entity, TaskQueueConfig Config) : EntityEffect(Entity);
