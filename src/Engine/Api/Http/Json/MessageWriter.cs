using System.Collections;
using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Api.Http.Json;

/// <summary>Writes messages as JSON: lowerCamel names, 64-bit numbers as text, enums by name, defaults left out.
/// </summary>
internal readonly struct MessageWriter(Utf8JsonWriter json, bool shorthand)
{
    public void Write(IMessage message)
    {
        if (WellKnown.Has(message.Descriptor))
        {
            WellKnown.Write(json, message);
            return;
        }

        switch (message)
        {
            case Any any:
                WriteAny(any);
                break;
            case Payloads payloads when shorthand && PayloadShorthand.TryWrite(json, payloads):
            case Payload payload when shorthand && PayloadShorthand.TryWrite(json, payload):
                break;
            default:
                json.WriteStartObject();
                WriteFields(message);
                json.WriteEndObject();
                break;
        }
    }

    private void WriteAny(Any any)
    {
        json.WriteStartObject();
        if (any.TypeUrl.Length > 0)
        {
            json.WriteString("@type", any.TypeUrl);
            if (KnownTypes.Find(any.TypeUrl) is not { } type)
            {
                json.WriteString("value", any.Value.ToBase64());
            }
            else
            {
                WriteHeld(type.Parser.ParseFrom(any.Value));
            }
        }

        json.WriteEndObject();
    }

    private void WriteHeld(IMessage held)
    {
        if (WellKnown.Has(held.Descriptor) || WellKnown.IsAny(held.Descriptor))
        {
            json.WritePropertyName("value");
            Write(held);
        }
        else
        {
            WriteFields(held);
        }
    }

    private void WriteFields(IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            var value = field.Accessor.GetValue(message);
            if (!IsSet(message, field, value))
            {
                continue;
            }

            json.WritePropertyName(field.JsonName);
            if (field.IsMap)
            {
                WriteMap(field, (IDictionary)value);
            }
            else if (field.IsRepeated)
            {
                WriteList(field, (IList)value);
            }
            else
            {
                WriteValue(field, value);
            }
        }
    }

    private static bool IsSet(IMessage message, FieldDescriptor field, object? value) => value switch
    {
        null => false,
        ICollection collection => collection.Count > 0,
        _ when field.HasPresence => field.Accessor.HasValue(message),
        string text => text.Length > 0,
        ByteString bytes => bytes.Length > 0,
        bool flag => flag,
        double number => number != 0 || double.IsNegative(number),
        float number => number != 0 || float.IsNegative(number),
        _ => Convert.ToDecimal(value, CultureInfo.InvariantCulture) != 0,
    };

    private void WriteMap(FieldDescriptor field, IDictionary map)
    {
        var value = field.MessageType.FindFieldByName("value");
        json.WriteStartObject();
        foreach (DictionaryEntry entry in map)
        {
            json.WritePropertyName(entry.Key switch
            {
                string text => text,
                bool flag => flag ? "true" : "false",
                var number => Convert.ToString(number, CultureInfo.InvariantCulture)!,
            });
            WriteValue(value, entry.Value!);
        }

        json.WriteEndObject();
    }

    private void WriteList(FieldDescriptor field, IList list)
    {
        json.WriteStartArray();
        foreach (var item in list)
        {
            WriteValue(field, item!);
        }

        json.WriteEndArray();
    }

    private void WriteValue(FieldDescriptor field, object value)
    {
        switch (value)
        {
            case IMessage message:
                Write(message);
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case ByteString bytes:
                json.WriteStringValue(bytes.ToBase64());
                break;
            case int number when field.FieldType != FieldType.Enum:
                json.WriteNumberValue(number);
                break;
            case uint number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
                break;
            case ulong number:
                json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
                break;
            case double number:
                WriteDouble(number);
                break;
            case float number:
                WriteFloat(number);
                break;
            default:
                WriteEnum(field.EnumType, (int)value);
                break;
        }
    }

    private void WriteDouble(double number)
    {
        if (double.IsFinite(number))
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteStringValue(NameOf(number));
        }
    }

    private void WriteFloat(float number)
    {
        if (float.IsFinite(number))
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteStringValue(NameOf(number));
        }
    }

    private static string NameOf(double number) =>
        double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";

    private void WriteEnum(EnumDescriptor type, int number)
    {
        if (type.FindValueByNumber(number) is { } known)
        {
            json.WriteStringValue(known.Name);
        }
        else
        {
            json.WriteNumberValue(number);
        }
    }
}
