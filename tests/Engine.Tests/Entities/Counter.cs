using System.Collections.Immutable;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Storage.Codecs;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Tests.Entities;

/// <summary>The smallest entity that uses everything: it counts, and once a minute it counts by itself.</summary>
internal sealed record Counter(long Value, Instant? WakeAt, string Note = "") : IEntityState
{
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
}

/// <summary>Somebody may know that the counter has come this far.</summary>
internal sealed record CounterMoved(EntityKey Entity, long? Value) : EntityEffect(Entity);

internal sealed class CounterType(int version = 2) : EntityType<Counter>
{
    public override EntityKind Kind => EntityKind.TaskQueueConfiguration;

    public override int Version => version;

    public override void Encode(Counter state, ByteSink sink)
    {
        sink.Number(state.Value);
        sink.OptionalTime(state.WakeAt);
        if (version > 1)
        {
            sink.Text(state.Note);
        }
    }

    public override Counter Decode(EntityKey key, int version, ref ByteSource source) =>
        new(source.Number(), source.OptionalTime(), source.IsAtEnd ? "from before" : source.Text());

    public override IEnumerable<EntityEffect> After(EntityKey key, Counter? before, Counter? after) =>
        [new CounterMoved(key, after?.Value)];

    public override IEnumerable<EntityEffect> All(EntityKey key, Counter state) => [new CounterMoved(key, state.Value)];

    public override EntityInput<Counter> WakeUp(EntityKey key) => new CountByItself(key);

    public override ImmutableSortedDictionary<string, Payload> SearchAttributesOf(Counter state) =>
        ImmutableSortedDictionary<string, Payload>.Empty;
}

/// <summary>Answers the value.</summary>
internal sealed record Count(EntityKey Key, long By, bool Ticking = false) : EntityInput<Counter>(Key)
{
    public override EntityDecision<Counter> Decide(Counter? state, EntityContext<Counter> context)
    {
        var value = (state?.Value ?? 0) + By;
        return value < 0
            ? EntityDecision<Counter>.Reject(Rejection.FailedPrecondition("below zero"))
            : EntityDecision<Counter>.Change(
                new Counter(value, Ticking ? context.Now + Counter.Pause : state?.WakeAt, "counted"), value);
    }
}

internal sealed record CountByItself(EntityKey Key) : EntityInput<Counter>(Key)
{
    public override EntityDecision<Counter> Decide(Counter? state, EntityContext<Counter> context) =>
        state!.Value < 0
            ? EntityDecision<Counter>.Answer(state.Value)
            : EntityDecision<Counter>.Change(
                state with { Value = state.Value + 1, WakeAt = state.WakeAt!.Value + Counter.Pause }, state.Value + 1);
}

internal sealed record DropCounter(EntityKey Key) : EntityInput<Counter>(Key)
{
    public override EntityDecision<Counter> Decide(Counter? state, EntityContext<Counter> context) =>
        EntityDecision<Counter>.Delete(state?.Value ?? 0);
}
