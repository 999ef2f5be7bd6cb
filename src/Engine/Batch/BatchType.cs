using AugmentedOS.Engine.Batch.Inputs;
using AugmentedOS.Engine.Batch.Running;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Storage.Codecs;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Batch;

/// <summary>Batch operations, as the room of entities sees them.</summary>
internal sealed class BatchType : EntityType<BatchState>
{
    public override EntityKind Kind => EntityKind.BatchOperation;

    public override int Version => 1;

    public override void Encode(BatchState state, ByteSink sink)
    {
        sink.Guid(state.Incarnation);
        sink.Message(state.Request);
        sink.Time(state.StartedAt);
        sink.Number((int)state.Status);
        sink.OptionalTime(state.ClosedAt);
        sink.OptionalTime(state.WakeAt);
        sink.Number(state.Total ?? -1);
        sink.Number(state.LastRun);
        sink.Number(state.Position);
        sink.Number(state.Succeeded);
        sink.Number(state.Failed);
    }

    public override BatchState Decode(EntityKey key, int version, ref ByteSource source) => Read(key, ref source);

    /// <summary>Reads every version there ever was.</summary>
    public static BatchState Read(EntityKey key, ref ByteSource source) => new()
    {
        // Initializers run in the order in which they stand, which is the order of the bytes.
        Key = key,
        Incarnation = source.Guid(),
        Request = source.Message(StartBatchOperationRequest.Parser),
        StartedAt = source.Time(),
        Status = (BatchStatus)source.Int32(),
        ClosedAt = source.OptionalTime(),
        WakeAt = source.OptionalTime(),
        Total = source.Number() is >= 0 and var total ? total : null,
        LastRun = source.Number(),
        Position = source.Number(),
        Succeeded = source.Number(),
        Failed = source.Number(),
    };

    public override IEnumerable<EntityEffect> After(EntityKey key, BatchState? before, BatchState? after)
    {
        if (after is { IsRunning: true } && before is null)
        {
            return [new RunBatch(after)];
        }

        return before is { IsRunning: true } && after is not { IsRunning: true } ? [new EndBatch(before)] : [];
    }

    public override IEnumerable<EntityEffect> All(EntityKey key, BatchState state) =>
        state.IsRunning ? [new RunBatch(state)] : [];

    public override EntityInput<BatchState> WakeUp(EntityKey key) => new ForgetBatch(key);
}
