using System.Collections.Immutable;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Schedules.Spec;
using AugmentedOS.Engine.Storage.Codecs;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Schedule.V1;

namespace AugmentedOS.Engine.Schedules;

/// <summary>A schedule as bytes. What comes later is written at the end, and read unless the bytes end before it.</summary>
internal static class ScheduleCodec
{
    public const int Version = 1;

    public static void Encode(ScheduleState state, ByteSink sink)
    {
        sink.Guid(state.Incarnation);
        sink.Text(state.CreateRequestId);
        sink.Time(state.CreatedAt);
        sink.OptionalTime(state.UpdatedAt);
        sink.Message(state.Spec.Canonical);
        sink.Message(state.Action);
        sink.Message(state.Policies);
        sink.Flag(state.IsPaused);
        sink.Text(state.Notes);
        sink.Flag(state.HasLimitedActions);
        sink.Number(state.RemainingActions);
        sink.Number(state.ConflictToken);
        WriteAll(sink, state.RequestIds, static (sink, id) => sink.Text(id));
        StateCollections.WritePayloads(sink, state.Memo);
        StateCollections.WritePayloads(sink, state.SearchAttributes);
        sink.Number(state.Counters.Actions);
        sink.Number(state.Counters.MissedCatchup);
        sink.Number(state.Counters.OverlapSkipped);
        sink.Number(state.Counters.BufferDropped);
        sink.Time(state.DoneUntil);
        sink.OptionalTime(state.WakeAt);
        WriteAll(sink, state.Buffer, WriteStart);
        WriteAll(sink, state.Actions, WriteAction);
        WriteAll(sink, state.Backfills, WriteBackfill);
        sink.Number(state.LastSequence);
        sink.OptionalMessage(state.LastResult);
        sink.OptionalMessage(state.LastFailure);
    }

    public static ScheduleState Decode(EntityKey key, ref ByteSource source)
    {
        // Initializers run in the order in which they stand, which is the order of the bytes.
        var state = new ScheduleState
        {
            Key = key,
            Incarnation = source.Guid(),
            CreateRequestId = source.Text(),
            CreatedAt = source.Time(),
            UpdatedAt = source.OptionalTime(),
            Spec = CompiledSpec.Restore(source.Message(ScheduleSpec.Parser)),
            Action = source.Message(ScheduleAction.Parser),
            Policies = source.Message(SchedulePolicies.Parser),
            IsPaused = source.Flag(),
            Notes = source.Text(),
            HasLimitedActions = source.Flag(),
            RemainingActions = source.Number(),
            ConflictToken = source.Number(),
            RequestIds = ReadAll(ref source, static (ref ByteSource source) => source.Text()),
            Memo = StateCollections.ReadPayloads(ref source),
            SearchAttributes = StateCollections.ReadPayloads(ref source),
            Counters = new ScheduleCounters(source.Number(), source.Number(), source.Number(), source.Number()),
            DoneUntil = source.Time(),
            WakeAt = source.OptionalTime(),
            Buffer = ReadAll(ref source, ReadStart),
            Actions = ReadAll(ref source, ReadAction),
            Backfills = ReadAll(ref source, ReadBackfill),
            LastSequence = source.Number(),
            LastResult = source.OptionalMessage(Payloads.Parser),
            LastFailure = source.OptionalMessage(Failure.Parser),
        };

        // Not kept: a newer time zone database counts from the next start on.
        return state with { Next = state.MayAct ? state.Spec.Next(state.Seed, state.DoneUntil) : null };
    }

    private static void WriteStart(ByteSink sink, BufferedStart start)
    {
        sink.Number(start.Sequence);
        sink.Time(start.Nominal);
        sink.Time(start.Due);
        sink.Number((int)start.Overlap);
        sink.Flag(start.IsManual);
        sink.Number(start.Attempt);
        sink.OptionalTime(start.RetryAt);
        sink.Flag(start.IsExclusive);
    }

    private static BufferedStart ReadStart(ref ByteSource source) => new(
        source.Number(), source.Time(), source.Time(), (ScheduleOverlapPolicy)source.Int32(), source.Flag())
    {
        Attempt = source.Int32(),
        RetryAt = source.OptionalTime(),
        IsExclusive = source.Flag(),
    };

    private static void WriteAction(ByteSink sink, StartedAction action)
    {
        sink.Number(action.Sequence);
        sink.Time(action.Nominal);
        sink.Time(action.Due);
        sink.Time(action.StartedAt);
        sink.Text(action.WorkflowId);
        sink.Guid(action.FirstRun.Value);
        sink.Flag(action.IsExclusive);
        sink.Number((int)action.Status);
        sink.Number((int)action.Ending);
    }

    private static StartedAction ReadAction(ref ByteSource source) => new(
        source.Number(),
        source.Time(),
        source.Time(),
        source.Time(),
        source.Text(),
        new RunId(source.Guid()),
        source.Flag())
    {
        Status = (WorkflowExecutionStatus)source.Int32(),
        Ending = (ActionEnding)source.Int32(),
    };

    private static void WriteBackfill(ByteSink sink, Backfill backfill)
    {
        sink.Time(backfill.DoneUntil);
        sink.Time(backfill.End);
        sink.Number((int)backfill.Overlap);
    }

    private static Backfill ReadBackfill(ref ByteSource source) =>
        new(source.Time(), source.Time(), (ScheduleOverlapPolicy)source.Int32());

    private static void WriteAll<T>(ByteSink sink, ImmutableList<T> items, Action<ByteSink, T> write)
    {
        sink.Unsigned((ulong)items.Count);
        foreach (var item in items)
        {
            write(sink, item);
        }
    }

    private static ImmutableList<T> ReadAll<T>(ref ByteSource source, Reader<T> read)
    {
        var items = ImmutableList.CreateBuilder<T>();
        for (var left = source.Unsigned(); left > 0; left--)
        {
            items.Add(read(ref source));
        }

        return items.ToImmutable();
    }

    private delegate T Reader<out T>(ref ByteSource source);
}
