using System.Collections.Immutable;
using AugmentedOS.Engine.Executions.Updates;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Storage.Codecs;

/// <summary>What a state knows of updates as bytes, in an order that depends on their content only.</summary>
internal static class UpdatesCodec
{
    public static void Write(ByteSink sink, UpdatesState updates)
    {
        sink.Unsigned((ulong)updates.Known.Count);
        foreach (var (id, known) in updates.Known.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            sink.Text(id);
            sink.Byte((byte)known.Stage);
            sink.Number(known.EventId);
        }

        sink.Unsigned((ulong)updates.Admitted.Count);
        foreach (var (eventId, id) in updates.Admitted)
        {
            sink.Number(eventId);
            sink.Text(id);
        }

        sink.Number(updates.Completed);
        sink.Unsigned((ulong)updates.RequestIds.Count);
        foreach (var (id, named) in updates.RequestIds.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            sink.Text(id);
            sink.Number((int)named.Type);
            sink.Number(named.EventId);
        }
    }

    public static UpdatesState Read(ref ByteSource source)
    {
        var known = ImmutableDictionary.CreateBuilder<string, KnownUpdate>();
        for (var left = source.Unsigned(); left > 0; left--)
        {
            var id = source.Text();
            known.Add(id, new KnownUpdate((UpdateStage)source.Byte(), source.Number()));
        }

        var admitted = ImmutableSortedDictionary.CreateBuilder<long, string>();
        for (var left = source.Unsigned(); left > 0; left--)
        {
            var eventId = source.Number();
            admitted.Add(eventId, source.Text());
        }

        return new UpdatesState
        {
            Known = known.ToImmutable(),
            Admitted = admitted.ToImmutable(),
            Completed = source.Int32(),
            RequestIds = ReadRequestIds(ref source),
        };
    }

    private static ImmutableDictionary<string, UpdateRequestEvent> ReadRequestIds(ref ByteSource source)
    {
        var ids = ImmutableDictionary.CreateBuilder<string, UpdateRequestEvent>();
        for (var left = source.Unsigned(); left > 0; left--)
        {
            var id = source.Text();
            ids.Add(id, new UpdateRequestEvent((EventType)source.Int32(), source.Number()));
        }

        return ids.ToImmutable();
    }
}
