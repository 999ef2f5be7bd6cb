using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.ErrorDetails.V1;

namespace AugmentedOS.Engine.Tests.Api.Http;

/// <summary>Messages of any type with random content, from a seed.</summary>
internal sealed class RandomMessages(int seed)
{
    private const int MaxDepth = 4;

    private readonly Random _random = new(seed);

    /// <summary>Every message type that the API's methods reach.</summary>
    public static IReadOnlyList<MessageDescriptor> AllTypes { get; } = Reach(
        Temporalio.Api.WorkflowService.V1.ServiceReflection.Descriptor.Services
            .Concat(Temporalio.Api.OperatorService.V1.ServiceReflection.Descriptor.Services)
            .SelectMany(service => service.Methods)
            .SelectMany(method => new[] { method.InputType, method.OutputType })
            .Concat(MessageReflection.Descriptor.MessageTypes));

    public IMessage Next(MessageDescriptor type, int depth = 0)
    {
        if (type == Any.Descriptor)
        {
            return NextAny(depth);
        }

        if (type == Timestamp.Descriptor)
        {
            return new Timestamp { Seconds = _random.NextInt64(-62_135_596_800, 253_402_300_800), Nanos = _random.Next(1_000_000_000) };
        }

        if (type == Duration.Descriptor)
        {
            var sign = _random.Next(2) == 0 ? 1 : -1;
            return new Duration { Seconds = sign * _random.NextInt64(315_576_000_000), Nanos = sign * _random.Next(1_000_000_000) };
        }

        if (type == FieldMask.Descriptor)
        {
            return new FieldMask { Paths = { "one_field", "other.inner_field" } };
        }

        var message = type.Parser.ParseFrom(ByteString.Empty);
        foreach (var field in type.Fields.InDeclarationOrder().Where(_ => _random.Next(3) > 0))
        {
            Set(message, field, depth);
        }

        return message;
    }

    private static List<MessageDescriptor> Reach(IEnumerable<MessageDescriptor> roots)
    {
        var seen = new HashSet<MessageDescriptor>();
        var waiting = new Stack<MessageDescriptor>(roots);
        while (waiting.TryPop(out var type))
        {
            if (seen.Add(type))
            {
                foreach (var inner in type.Fields.InDeclarationOrder().Where(f => f.FieldType == FieldType.Message))
                {
                    waiting.Push(inner.MessageType);
                }
            }
        }

        return [.. seen.Where(type => type.GetOptions()?.MapEntry != true).OrderBy(type => type.FullName, StringComparer.Ordinal)];
    }

    private Any NextAny(int depth)
    {
        var held = MessageReflection.Descriptor.MessageTypes[_random.Next(MessageReflection.Descriptor.MessageTypes.Count)];
        return depth >= MaxDepth ? Any.Pack(new NotFoundFailure()) : Any.Pack(Next(held, depth + 1));
    }

    private void Set(IMessage message, FieldDescriptor field, int depth)
    {
        if (field.FieldType == FieldType.Message && depth >= MaxDepth)
        {
            return;
        }

        if (field.IsMap)
        {
            var map = (IDictionary)field.Accessor.GetValue(message);
            for (var n = _random.Next(3); n > 0; n--)
            {
                map[Value(field.MessageType.FindFieldByName("key"), depth)] =
                    Value(field.MessageType.FindFieldByName("value"), depth);
            }
        }
        else if (field.IsRepeated)
        {
            var list = (IList)field.Accessor.GetValue(message);
            for (var n = _random.Next(3); n > 0; n--)
            {
                list.Add(Value(field, depth));
            }
        }
        else
        {
            field.Accessor.SetValue(message, Value(field, depth));
        }
    }

    private object Value(FieldDescriptor field, int depth) => field.FieldType switch
    {
        FieldType.Message => field.MessageType.File == WrappersReflection.Descriptor
            ? Value(field.MessageType.FindFieldByNumber(1), depth)
            : Next(field.MessageType, depth + 1),
        FieldType.String => Text(),
        FieldType.Bytes => ByteString.CopyFrom(Bytes()),
        FieldType.Bool => _random.Next(2) == 0,
        FieldType.Double => Pick(0.0, 1.5, -1e300, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.1),
        FieldType.Float => Pick(0f, 1.5f, -1e30f, float.NaN, float.PositiveInfinity, 0.1f, float.MaxValue),
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => Pick<long>(0, 1, -1, long.MaxValue, long.MinValue, _random.NextInt64()),
        FieldType.UInt64 or FieldType.Fixed64 => Pick<ulong>(0, 1, ulong.MaxValue, (ulong)_random.NextInt64()),
        FieldType.UInt32 or FieldType.Fixed32 => Pick<uint>(0, 1, uint.MaxValue, (uint)_random.Next()),
        FieldType.Enum => _random.Next(8) == 0 ? 7_777 : field.EnumType.Values[_random.Next(field.EnumType.Values.Count)].Number,
        _ => Pick(0, 1, -1, int.MaxValue, int.MinValue, _random.Next()),
    };

    private T Pick<T>(params T[] values) => values[_random.Next(values.Length)];

    private string Text() => Pick(
        "", "plain", "with \"quotes\" and \\", "Zeilen\nund\tTabs", "\u0001\u001f", "ünï – \U0001F600", "<a&b>", "\u2028", "null",
        new string('x', _random.Next(200)));

    private byte[] Bytes()
    {
        var bytes = new byte[_random.Next(12)];
        _random.NextBytes(bytes);
        return bytes;
    }
}
