using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;

namespace AugmentedOS.Fuzz;

/// <summary>Fills a message of Temporal's API at random: half of them nearly as a client would, so that calls get somewhere,
/// half of them absurdly.</summary>
internal sealed class RandomMessage(Random random, Pool pool)
{
    private const int MaxDepth = 7;
    private const int AbsurdDepth = 60;

    /// <summary>One call in a hundred nests as deep as its types allow.</summary>
    private readonly int _maxDepth = random.Next(100) == 0 ? AbsurdDepth : MaxDepth;
    private readonly bool _isTame = random.Next(2) == 0;
    private string _request = "";
    private int _fields;

    public IMessage Of(MessageDescriptor type)
    {
        _request = type.Name;
        return Fill(type, 0);
    }

    private IMessage Fill(MessageDescriptor type, int depth)
    {
        var message = type.Parser.ParseFrom([]);
        if (Special(message))
        {
            return message;
        }

        var chosen = type.Oneofs.Where(one => !one.IsSynthetic && random.Next(10) > 0)
            .Select(one => one.Fields[random.Next(one.Fields.Count)]).ToHashSet();
        foreach (var field in type.Fields.InFieldNumberOrder())
        {
            var isChosen = field.RealContainingOneof is null ? random.Next(100) < Chance(field, depth) : chosen.Contains(field);
            if (isChosen && ++_fields < 2000)
            {
                Set(message, field, depth);
            }
        }

        if (message is Command command)
        {
            command.CommandType = CommandTypes.Of(command.AttributesCase);
        }

        return message;
    }

    /// <summary>How likely a field is given, of a hundred.</summary>
    private int Chance(FieldDescriptor field, int depth)
    {
        if (!_isTame)
        {
            return depth < 3 ? 75 : 35;
        }

        var isUsual = field.FieldType switch
        {
            FieldType.String => Pool.IsUsual(field.Name),
            FieldType.Bytes => field.Name.EndsWith("token", StringComparison.Ordinal),
            FieldType.Message => field.MessageType == Duration.Descriptor
                ? field.Name.EndsWith("_timeout", StringComparison.Ordinal)
                : field.Name is "commands" or "input" || field.MessageType.Fields.InFieldNumberOrder().Any(inner => Pool.IsUsual(inner.Name)),
            _ => false,
        };
        return isUsual ? 95 : 4;
    }

    private bool Special(IMessage message)
    {
        switch (message)
        {
            case Duration duration when _isTame || random.Next(4) > 0:
                duration.MergeFrom(TimeSpan.FromMilliseconds(random.Next(5000)).ToDuration());
                return true;
            case Timestamp timestamp when random.Next(4) > 0:
                timestamp.Seconds = 1_700_000_000 + random.Next(400_000_000);
                return true;
            case FieldMask mask:
                mask.Paths.Add(random.Next(3) == 0 ? Text() : "retry_policy.maximum_attempts");
                return true;
            default:
                return false;
        }
    }

    private void Set(IMessage message, FieldDescriptor field, int depth)
    {
        if (field.IsMap)
        {
            var map = (IDictionary)field.Accessor.GetValue(message);
            var entry = field.MessageType.Fields;
            for (var left = random.Next(3); left > 0; left--)
            {
                if (One(entry[1], depth) is { } key && One(entry[2], depth) is { } value)
                {
                    map[key] = value;
                }
            }
        }
        else if (field.IsRepeated)
        {
            var list = (IList)field.Accessor.GetValue(message);
            for (var left = random.Next(200) == 0 ? 150 : random.Next(3); left > 0; left--)
            {
                if (One(field, depth) is { } item)
                {
                    list.Add(item);
                }
            }
        }
        else if (One(field, depth) is { } value)
        {
            field.Accessor.SetValue(message, value);
        }
    }

    private object? One(FieldDescriptor field, int depth) => field.FieldType switch
    {
        FieldType.Message when IsWrapper(field.MessageType) => One(field.MessageType.Fields[1], depth),
        FieldType.Message or FieldType.Group => depth < _maxDepth ? Fill(field.MessageType, depth + 1) : null,
        FieldType.String => (_isTame || random.Next(20) > 0 ? pool.Known(field.Name, random) : null) ?? Text(),
        FieldType.Bytes => Bytes(field.Name),
        FieldType.Bool => random.Next(2) == 0,
        FieldType.Enum => System.Enum.ToObject(
            field.EnumType.ClrType,
            _isTame || random.Next(10) > 0 ? field.EnumType.Values[random.Next(field.EnumType.Values.Count)].Number : random.Next(-5, 1000)),
        FieldType.Double => random.Next(5) switch { 0 => double.NaN, 1 => -1.0, 2 => double.PositiveInfinity, _ => random.NextDouble() * 10 },
        FieldType.Float => random.Next(5) switch { 0 => float.NaN, 1 => -1f, _ => (float)random.NextDouble() },
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => Small(),
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => random.Next(10) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : Small(),
        FieldType.UInt32 or FieldType.Fixed32 => (uint)random.Next(),
        _ => (ulong)random.NextInt64(),
    };

    /// <summary>Numbers that may be absent: their accessors take the bare number.</summary>
    private static bool IsWrapper(MessageDescriptor type) => type.File.Name == "google/protobuf/wrappers.proto";

    private int Small() => random.Next(10) switch
    {
        0 => -random.Next(1000),
        1 => int.MaxValue,
        2 => int.MinValue,
        3 => 0,
        _ => random.Next(20),
    };

    private ByteString Bytes(string field)
    {
        if ((_isTame || random.Next(4) > 0) && pool.Token(field, _request, random) is { } token)
        {
            return !_isTame && random.Next(5) == 0 ? ByteString.CopyFrom(Mutation.Of(token.ToByteArray(), random)) : token;
        }

        var bytes = new byte[random.Next(2000) == 0 ? 2_200_000 : random.Next(40)];
        random.NextBytes(bytes);
        return random.Next(3) == 0 ? ByteString.CopyFromUtf8("\"json\"") : ByteString.CopyFrom(bytes);
    }

    private string Text() => random.Next(100) switch
    {
        0 => new string('x', 1001),
        1 => new string('ü', 40_000),
        2 => "\0\u0001\u202e",
        3 => Guid.NewGuid().ToString(),
        4 => "__temporal_x",
        5 => "/_sys/q/1",
        < 30 => "",
        _ => $"T{random.Next(50)}",
    };
}
