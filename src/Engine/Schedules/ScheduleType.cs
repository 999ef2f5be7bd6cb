using System.Collections.Immutable;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Schedules.Acting;
using AugmentedOS.Engine.Schedules.Inputs;
using AugmentedOS.Engine.Storage.Codecs;
using AugmentedOS.Engine.Visibility;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Schedules;

/// <summary>Schedules, as the room of entities sees them.</summary>
internal sealed class ScheduleType : EntityType<ScheduleState>
{
    private static readonly Payload Paused = SearchAttributePayload.Bool(true);
    private static readonly Payload Running = SearchAttributePayload.Bool(false);

    public override EntityKind Kind => EntityKind.Schedule;

    public override int Version => ScheduleCodec.Version;

    public override void Encode(ScheduleState state, ByteSink sink) => ScheduleCodec.Encode(state, sink);

    public override ScheduleState Decode(EntityKey key, int version, ref ByteSource source) =>
        ScheduleCodec.Decode(key, ref source);

    public override IEnumerable<EntityEffect> After(EntityKey key, ScheduleState? before, ScheduleState? after) =>
        after is null ? [] : ActionEffects.After(before, after);

    public override IEnumerable<EntityEffect> All(EntityKey key, ScheduleState state) =>
        ActionEffects.All(state);

    public override EntityInput<ScheduleState> WakeUp(EntityKey key) => new WakeSchedule(key);

    public override bool IsFoundAlike(ScheduleState before, ScheduleState after) =>
        before.IsPaused == after.IsPaused && ReferenceEquals(before.SearchAttributes, after.SearchAttributes);

    public override ImmutableSortedDictionary<string, Payload> SearchAttributesOf(ScheduleState state) =>
        state.SearchAttributes.SetItem(BuiltInSearchAttributes.SchedulePaused, state.IsPaused ? Paused : Running);
}
