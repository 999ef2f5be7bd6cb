using System.Collections;
using System.Text.Json;
using AugmentedOS.Engine.Api.Http.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace AugmentedOS.Engine.Api.Http.Requests;

/// <summary>Fields of a request that stand in its path or its query.</summary>
internal static class QueryFields
{
    /// <summary>Sets a field from text. A name that the request does not have is passed over.</summary>
    /// <exception cref="UnreadableJsonException">The text is not a value of the field's type.</exception>
    public static void Set(IMessage message, string path, IReadOnlyList<string> values)
    {
        if (path.EndsWith(']') && path.IndexOf('[', StringComparison.Ordinal) is > 0 and var at)
        {
            SetEntry(message, path[..at], path[(at + 1)..^1], values[^1]);
            return;
        }

        if (FieldPath.Find(message, path) is not var (holder, field) || field.IsMap)
        {
            return;
        }

        if (field.IsRepeated)
        {
            var list = (IList)field.Accessor.GetValue(holder);
            foreach (var value in values)
            {
                list.Add(Read(field, path, value));
            }
        }
        else
        {
            field.Accessor.SetValue(holder, Read(field, path, values[^1]));
        }
    }

    private static void SetEntry(IMessage message, string path, string key, string value)
    {
        if (FieldPath.Find(message, path) is var (holder, field) && field.IsMap)
        {
            var entry = field.MessageType;
            ((IDictionary)field.Accessor.GetValue(holder))[Read(entry.FindFieldByName("key"), path, key)] =
                Read(entry.FindFieldByName("value"), path, value);
        }
    }

    private static object Read(FieldDescriptor field, string path, string value)
    {
        try
        {
            if (field.FieldType != FieldType.Message)
            {
                return ScalarText.Read(field, value);
            }

            if (WellKnown.WrappedBy(field.MessageType) is { } wrapped)
            {
                return ScalarText.Read(wrapped, value);
            }
        }
        catch (UnreadableJsonException wrong)
        {
            throw new UnreadableJsonException($"parsing field \"{path}\": {wrong.Message}");
        }

        return WellKnown.Has(field.MessageType)
            ? ReadWellKnown(field, path, value)
            : throw new UnreadableJsonException($"parsing field \"{path}\": {field.MessageType.FullName} does not fit into a query");
    }

    /// <summary>Times, durations and masks are text in JSON as well.</summary>
    private static IMessage ReadWellKnown(FieldDescriptor field, string path, string value)
    {
        try
        {
            using var text = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(value));
            return WellKnown.Read(text.RootElement, field.MessageType);
        }
        catch (UnreadableJsonException wrong)
        {
            throw new UnreadableJsonException($"parsing field \"{path}\": {wrong.Message}");
        }
    }
}
