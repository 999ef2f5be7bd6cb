using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Storage.Codecs;
using Google.Protobuf;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Storage;

/// <summary>The facts of one journal row as bytes.</summary>
/// <remarks>
/// A row is a version byte, then for each fact its <see cref="FactTag"/>, the length of its body and the body. A body
/// grows only at its end, so that no row is ever rewritten: a reader skips what it does not know, and a field that came
/// later is read only unless the body is at its end. An unknown tag is an error: skipping a fact falsifies the state.
/// </remarks>
internal static class FactCodec
{
    private const byte Version = 1;

    /// <summary>The facts as bytes. Any thread; allocates the result only.</summary>
    public static byte[] Encode(IReadOnlyList<Fact> facts)
    {
        var sink = ByteSink.OfThisThread();
        sink.Byte(Version);
        for (var i = 0; i < facts.Count; i++)
        {
            var fact = facts[i];
            sink.Byte((byte)FactEncoding.TagOf(fact));
            var body = sink.BeginBlock();
            FactEncoding.WriteBody(fact, sink);
            sink.EndBlock(body);
        }

        return sink.Detach();
    }

    /// <summary>The facts of a row, in order.</summary>
    /// <exception cref="JournalException">The row is damaged, or a newer engine wrote it.</exception>
    public static List<Fact> Decode(ReadOnlySpan<byte> row)
    {
        var facts = new List<Fact>();
        var source = Open(row);
        while (!source.IsAtEnd)
        {
            var tag = (FactTag)source.Byte();
            facts.Add(FactDecoding.ReadBody(tag, source.Block()));
        }

        return facts;
    }

    /// <summary>
    /// Adds the row's history events with ids in a range, in order; everything else is skipped unread.
    /// </summary>
    /// <returns>How many bytes the events take.</returns>
    public static int ReadEvents(ReadOnlySpan<byte> row, long fromEventId, long toEventId, List<HistoryEvent> events)
    {
        var bytes = 0;
        var source = Open(row);
        while (!source.IsAtEnd)
        {
            var tag = (FactTag)source.Byte();
            var body = source.Block();
            if (IsInHistory(tag) && EventIdOf(body) is var id && id >= fromEventId && id <= toEventId)
            {
                events.Add(new ByteSource(body).Message(HistoryEvent.Parser));
                bytes += body.Length;
            }
        }

        return bytes;
    }

    /// <summary>Whether the row adds anything to history.</summary>
    public static bool HasEvents(ReadOnlySpan<byte> row)
    {
        var source = Open(row);
        while (!source.IsAtEnd)
        {
            var tag = (FactTag)source.Byte();
            source.Block();
            if (IsInHistory(tag))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsInHistory(FactTag tag) =>
        tag is FactTag.RunStarted or FactTag.EventRecorded or FactTag.BufferedEventRecorded;

    /// <summary>
    /// The id of the event that the body begins with, without reading the event: its id is its first field.
    /// </summary>
    private static long EventIdOf(ReadOnlySpan<byte> body)
    {
        const byte EventIdField = (HistoryEvent.EventIdFieldNumber << 3) | (int)WireFormat.WireType.Varint;
        var message = new ByteSource(new ByteSource(body).Block());
        return message.Byte() == EventIdField
            ? (long)message.Unsigned()
            : throw new JournalException("A stored event is damaged: it has no id.");
    }

    private static ByteSource Open(ReadOnlySpan<byte> row)
    {
        var source = new ByteSource(row);
        var version = source.Byte();
        return version == Version
            ? source
            : throw new JournalException(
                $"A journal row has format {version}, and this engine knows format {Version} only.");
    }
}
