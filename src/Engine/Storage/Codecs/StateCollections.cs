using System.Collections.Immutable;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Storage.Codecs;

/// <summary>The collections of a state as bytes, in an order that depends on their content only.</summary>
internal static class StateCollections
{
    public static void WriteTexts(ByteSink sink, ImmutableHashSet<string> texts)
    {
        sink.Unsigned((ulong)texts.Count);
        foreach (var text in texts.Order(StringComparer.Ordinal))
        {
            sink.Text(text);
        }
    }

    public static ImmutableHashSet<string> ReadTexts(ref ByteSource source)
    {
        var texts = ImmutableHashSet.CreateBuilder<string>();
        for (var left = source.Unsigned(); left > 0; left--)
        {
            texts.Add(source.Text());
        }

        return texts.ToImmutable();
    }

    public static void WriteIds(ByteSink sink, ImmutableDictionary<string, long> ids)
    {
        sink.Unsigned((ulong)ids.Count);
        foreach (var (text, id) in ids.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            sink.Text(text);
            sink.Number(id);
        }
    }

    public static ImmutableDictionary<string, long> ReadIds(ref ByteSource source)
    {
        var ids = ImmutableDictionary.CreateBuilder<string, long>();
        for (var left = source.Unsigned(); left > 0; left--)
        {
            var text = source.Text();
            ids.Add(text, source.Number());
        }

        return ids.ToImmutable();
    }

    public static void WritePayloads(ByteSink sink, ImmutableSortedDictionary<string, Payload> payloads)
    {
        sink.Unsigned((ulong)payloads.Count);
        foreach (var (name, payload) in payloads)
        {
            sink.Text(name);
            sink.Message(payload);
        }
    }

    public static ImmutableSortedDictionary<string, Payload> ReadPayloads(ref ByteSource source)
    {
        var payloads = ImmutableSortedDictionary.CreateBuilder<string, Payload>(StringComparer.Ordinal);
        for (var left = source.Unsigned(); left > 0; left--)
        {
            var name = source.Text();
            payloads.Add(name, source.Message(Payload.Parser));
        }

        return payloads.ToImmutable();
    }

    public static void WriteNumbers(ByteSink sink, ImmutableSortedSet<long> numbers)
    {
        sink.Unsigned((ulong)numbers.Count);
        foreach (var number in numbers)
        {
            sink.Number(number);
        }
    }

    public static ImmutableSortedSet<long> ReadNumbers(ref ByteSource source)
    {
        var numbers = ImmutableSortedSet.CreateBuilder<long>();
        for (var left = source.Unsigned(); left > 0; left--)
        {
            numbers.Add(source.Number());
        }

        return numbers.ToImmutable();
    }
}
