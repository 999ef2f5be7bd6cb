using System.Collections;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Api.Http.Json;

/// <summary>Reads messages from JSON: names in lowerCamel or as the API writes them, null for what is not there.</summary>
internal readonly struct MessageReader(bool shorthand)
{
    /// <exception cref="UnreadableJsonException">It is not of this type.</exception>
    public IMessage Read(JsonElement element, MessageDescriptor type)
    {
        if (WellKnown.Has(type))
        {
            return WellKnown.Read(element, type);
        }

        if (shorthand && type == Payload.Descriptor)
        {
            return PayloadShorthand.Read(element);
        }

        if (shorthand && type == Payloads.Descriptor && element.ValueKind == JsonValueKind.Array)
        {
            return PayloadShorthand.ReadList(element);
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new UnreadableJsonException($"{type.FullName} needs an object, not {Shown(element)}");
        }

        return WellKnown.IsAny(type) ? ReadAny(element) : ReadFields(element, type);
    }

    private Any ReadAny(JsonElement element)
    {
        if (!element.EnumerateObject().Any())
        {
            return new Any();
        }

        if (!element.TryGetProperty("@type", out var name) || name.ValueKind != JsonValueKind.String)
        {
            throw new UnreadableJsonException("google.protobuf.Any needs its type in \"@type\"");
        }

        var url = name.GetString()!;
        var type = KnownTypes.Find(url) ?? throw new UnreadableJsonException($"unable to resolve \"{url}\"");
        if (!WellKnown.Has(type) && !WellKnown.IsAny(type))
        {
            return new Any { TypeUrl = url, Value = ReadFields(element, type, "@type").ToByteString() };
        }

        return element.TryGetProperty("value", out var value)
            ? new Any { TypeUrl = url, Value = Read(value, type).ToByteString() }
            : throw new UnreadableJsonException($"{url} needs its content in \"value\"");
    }

    private IMessage ReadFields(JsonElement element, MessageDescriptor type, string? except = null)
    {
        var message = type.Parser.ParseFrom(ByteString.Empty);
        var seen = new HashSet<int>();
        foreach (var property in element.EnumerateObject().Where(property => property.Name != except))
        {
            if (FieldNames.Find(type, property.Name) is not { } field)
            {
                throw new UnreadableJsonException($"unknown field \"{property.Name}\" in {type.FullName}");
            }

            if (!seen.Add(field.FieldNumber))
            {
                throw new UnreadableJsonException($"duplicate field \"{property.Name}\"");
            }

            if (property.Value.ValueKind == JsonValueKind.Null && !TakesNull(field))
            {
                continue;
            }

            if (field.RealContainingOneof is { } choice && !seen.Add(-1 - choice.Index))
            {
                throw new UnreadableJsonException($"error parsing \"{property.Name}\", oneof {choice.FullName} is already set");
            }

            ReadField(message, field, property.Value);
        }

        return message;
    }

    /// <summary>Null is a value of its own in free structures only.</summary>
    private static bool TakesNull(FieldDescriptor field) =>
        field is { FieldType: FieldType.Message, IsRepeated: false } && field.MessageType == Value.Descriptor;

    private void ReadField(IMessage message, FieldDescriptor field, JsonElement element)
    {
        if (field.IsMap)
        {
            ReadMap((IDictionary)field.Accessor.GetValue(message), field, element);
        }
        else if (field.IsRepeated)
        {
            ReadList((IList)field.Accessor.GetValue(message), field, element);
        }
        else
        {
            field.Accessor.SetValue(message, ReadValue(field, element));
        }
    }

    private void ReadMap(IDictionary map, FieldDescriptor field, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new UnreadableJsonException($"{field.JsonName} needs an object, not {Shown(element)}");
        }

        var key = field.MessageType.FindFieldByName("key");
        var value = field.MessageType.FindFieldByName("value");
        foreach (var property in element.EnumerateObject())
        {
            var name = ScalarText.Read(key, property.Name);
            if (map.Contains(name))
            {
                throw new UnreadableJsonException($"duplicate map key \"{property.Name}\"");
            }

            map.Add(name, ReadValue(value, property.Value));
        }
    }

    private void ReadList(IList list, FieldDescriptor field, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            throw new UnreadableJsonException($"{field.JsonName} needs an array, not {Shown(element)}");
        }

        foreach (var item in element.EnumerateArray())
        {
            list.Add(ReadValue(field, item));
        }
    }

    private object ReadValue(FieldDescriptor field, JsonElement element)
    {
        if (field.FieldType != FieldType.Message)
        {
            return ReadScalar(field, element);
        }

        return WellKnown.WrappedBy(field.MessageType) is { } wrapped
            ? ReadScalar(wrapped, element)
            : Read(element, field.MessageType);
    }

    private static object ReadScalar(FieldDescriptor field, JsonElement element) => (field.FieldType, element.ValueKind) switch
    {
        (FieldType.Bool, JsonValueKind.True) => true,
        (FieldType.Bool, JsonValueKind.False) => false,
        (FieldType.Bool, _) => throw Wrong(field, element),
        (FieldType.String or FieldType.Bytes, not JsonValueKind.String) => throw Wrong(field, element),
        (_, JsonValueKind.String) => ScalarText.Read(field, Text(element)),
        (_, JsonValueKind.Number) => ScalarText.Read(field, element.GetRawText()),
        _ => throw Wrong(field, element),
    };

    private static string Text(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new UnreadableJsonException("a string holds half of a surrogate pair");
        }
    }

    private static UnreadableJsonException Wrong(FieldDescriptor field, JsonElement element) =>
        new($"invalid value for {field.FieldType.ToString().ToLowerInvariant()} field {field.JsonName}: {Shown(element)}");

    private static string Shown(JsonElement element)
    {
        const int most = 80;
        var text = element.GetRawText();
        return text.Length <= most ? text : $"{text[..most]}…";
    }
}
