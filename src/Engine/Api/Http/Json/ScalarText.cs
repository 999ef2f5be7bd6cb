using System.Globalization;
using System.Numerics;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace AugmentedOS.Engine.Api.Http.Json;

/// <summary>Values that stand as text: in JSON strings and map keys, in paths and in queries.</summary>
internal static class ScalarText
{
    private const NumberStyles WholeNumber =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <exception cref="UnreadableJsonException">The text is not a value of the field's type.</exception>
    public static object Read(FieldDescriptor field, string text) => field.FieldType switch
    {
        FieldType.String => text,
        FieldType.Bool => text switch
        {
            "true" => true,
            "false" => false,
            _ => throw Wrong(field, text),
        },
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => Whole<int>(field, text),
        FieldType.UInt32 or FieldType.Fixed32 => Whole<uint>(field, text),
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => Whole<long>(field, text),
        FieldType.UInt64 or FieldType.Fixed64 => Whole<ulong>(field, text),
        FieldType.Double => Real(field, text),
        FieldType.Float => Narrow(field, text),
        FieldType.Bytes => Bytes(field, text),
        FieldType.Enum => Named(field, text),
        _ => throw Wrong(field, text),
    };

    private static T Whole<T>(FieldDescriptor field, string text)
        where T : struct, IBinaryInteger<T>
    {
        if (T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var plain))
        {
            return plain;
        }

        if (!decimal.TryParse(text, WholeNumber, CultureInfo.InvariantCulture, out var number) || decimal.Truncate(number) != number)
        {
            throw Wrong(field, text);
        }

        try
        {
            return T.CreateChecked(number);
        }
        catch (OverflowException)
        {
            throw Wrong(field, text);
        }
    }

    private static double Real(FieldDescriptor field, string text) => text switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw Wrong(field, text),
    };

    private static float Narrow(FieldDescriptor field, string text)
    {
        var wide = Real(field, text);
        var narrow = (float)wide;
        return float.IsInfinity(narrow) && double.IsFinite(wide) ? throw Wrong(field, text) : narrow;
    }

    /// <summary>Base64 of either alphabet, padded or not.</summary>
    private static ByteString Bytes(FieldDescriptor field, string text)
    {
        var standard = text.Replace('-', '+').Replace('_', '/').TrimEnd('=');
        try
        {
            return ByteString.FromBase64(standard.PadRight((standard.Length + 3) / 4 * 4, '='));
        }
        catch (FormatException)
        {
            throw Wrong(field, text);
        }
    }

    /// <summary>An enum's value by its name or its number; a number need not be known.</summary>
    private static int Named(FieldDescriptor field, string text) =>
        field.EnumType.FindValueByName(text) is { } known ? known.Number : Whole<int>(field, text);

    private static UnreadableJsonException Wrong(FieldDescriptor field, string text) =>
        new($"invalid value for {field.FieldType.ToString().ToLowerInvariant()} field {field.JsonName}: \"{text}\"");
}
