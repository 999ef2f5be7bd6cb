using System.Collections.Immutable;
using AugmentedOS.Engine.Namespaces;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Storage.Codecs;

/// <summary>
/// A namespace as bytes. Whoever adds a field raises the version and goes on reading the older ones.
/// </summary>
internal static class NamespaceCodec
{
    private const byte Version = 1;

    public static byte[] Encode(NamespaceInfo ns)
    {
        var sink = ByteSink.OfThisThread();
        sink.Byte(Version);
        sink.Guid(ns.Id.Value);
        sink.Text(ns.Name);
        sink.Number((int)ns.State);
        sink.Text(ns.Description);
        sink.Text(ns.OwnerEmail);
        sink.Span(ns.Retention);
        sink.Time(ns.CreatedAt);
        sink.Unsigned((ulong)ns.Data.Count);
        foreach (var (key, value) in ns.Data)
        {
            sink.Text(key);
            sink.Text(value);
        }

        sink.Unsigned((ulong)ns.SearchAttributes.Count);
        foreach (var (name, type) in ns.SearchAttributes)
        {
            sink.Text(name);
            sink.Number((int)type);
        }

        sink.Unsigned((ulong)ns.BadBinaries.Count);
        foreach (var (checksum, bad) in ns.BadBinaries)
        {
            sink.Text(checksum);
            sink.Text(bad.Reason);
            sink.Text(bad.Operator);
            sink.Time(bad.CreatedAt);
        }

        return sink.Detach();
    }

    public static NamespaceInfo Decode(ReadOnlySpan<byte> bytes)
    {
        var source = new ByteSource(bytes);
        var version = source.Byte();
        if (version != Version)
        {
            throw new JournalException($"A namespace has format {version}; this engine knows format {Version} only.");
        }

        // Initializers run in the order in which they stand, which is the order of the bytes.
        return new NamespaceInfo
        {
            Id = new NamespaceId(source.Guid()),
            Name = source.Text(),
            State = (NamespaceState)source.Int32(),
            Description = source.Text(),
            OwnerEmail = source.Text(),
            Retention = source.Span(),
            CreatedAt = source.Time(),
            Data = ReadData(ref source),
            SearchAttributes = ReadSearchAttributes(ref source),
            BadBinaries = ReadBadBinaries(ref source),
        };
    }

    private static ImmutableSortedDictionary<string, string> ReadData(ref ByteSource source)
    {
        var data = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        for (var left = source.Unsigned(); left > 0; left--)
        {
            var key = source.Text();
            data[key] = source.Text();
        }

        return data.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, IndexedValueType> ReadSearchAttributes(ref ByteSource source)
    {
        var types = ImmutableSortedDictionary.CreateBuilder<string, IndexedValueType>(StringComparer.Ordinal);
        for (var left = source.Unsigned(); left > 0; left--)
        {
            var name = source.Text();
            types[name] = (IndexedValueType)source.Int32();
        }

        return types.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, BadBinary> ReadBadBinaries(ref ByteSource source)
    {
        var bad = ImmutableSortedDictionary.CreateBuilder<string, BadBinary>(StringComparer.Ordinal);
        for (var left = source.Unsigned(); left > 0; left--)
        {
            var checksum = source.Text();
            bad[checksum] = new BadBinary(source.Text(), source.Text(), source.Time());
        }

        return bad.ToImmutable();
    }
}
