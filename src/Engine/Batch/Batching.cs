using AugmentedOS.Engine.Batch.Running;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Runtime.Resetting;

namespace AugmentedOS.Engine.Batch;

/// <summary>The batch operations of an engine: their home, and who works on them.</summary>
internal sealed class Batching : IDisposable
{
    private readonly BatchEffects _effects;

    public Batching(EntityHosts entities, IExecutions executions, Resets resets)
    {
        var services = entities.Services;
        _effects = new BatchEffects(
            services.Journal,
            new BatchItems(
                executions,
                new BatchResets(services.Journal, executions, resets, services.Scheduler, services.Time)),
            services,
            BatchPace.Of(services.Limits));
        Host = entities.Add(new BatchType(), _effects);
        _effects.Connect(Host);
    }

    public EntityHost<BatchState> Host { get; }

    public void Dispose() => _effects.Dispose();
}
