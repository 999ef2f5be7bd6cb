using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace AugmentedOS.Engine.Api.Http.Json;

/// <summary>The types whose JSON is not that of their fields: times, durations, masks, wrappers, free structures. What
/// is not Temporal's is left to Google's own code.</summary>
internal static class WellKnown
{
    private const string Package = "google.protobuf.";

    public static bool Has(MessageDescriptor type) =>
        type.FullName.StartsWith(Package, StringComparison.Ordinal) && !IsAny(type);

    public static bool IsAny(MessageDescriptor type) => type.FullName == Any.Descriptor.FullName;

    /// <summary>The field inside a wrapper, which messages hold as the bare value; null when it is no wrapper.</summary>
    public static FieldDescriptor? WrappedBy(MessageDescriptor type) =>
        type.File == WrappersReflection.Descriptor ? type.FindFieldByNumber(1) : null;

    public static void Write(Utf8JsonWriter json, IMessage message) =>
        json.WriteRawValue(Format(message), skipInputValidation: true);

    public static IMessage Read(JsonElement element, MessageDescriptor type)
    {
        try
        {
            return JsonParser.Default.Parse(element.GetRawText(), type);
        }
        catch (Exception wrong) when (wrong is InvalidProtocolBufferException or InvalidJsonException)
        {
            throw new UnreadableJsonException($"invalid {type.FullName}: {wrong.Message}");
        }
    }

    /// <summary>A stored value outside of its type's range has no JSON; its fields do, and an answer is owed.</summary>
    private static string Format(IMessage message)
    {
        try
        {
            return JsonFormatter.Default.Format(message);
        }
        catch (InvalidOperationException)
        {
            return JsonFormatter.ToDiagnosticString(message);
        }
    }
}
