using AugmentedOS.Engine.Api.Http.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace AugmentedOS.Engine.Api.Http.Requests;

/// <summary>A field of a message or of a message within it, named with dots.</summary>
internal static class FieldPath
{
    /// <summary>The message that holds the field, made where it was missing, and the field; null when there is none of
    /// that name.</summary>
    public static (IMessage Holder, FieldDescriptor Field)? Find(IMessage message, string path)
    {
        var names = path.Split('.');
        if (!Exists(message.Descriptor, names))
        {
            return null;
        }

        foreach (var name in names[..^1])
        {
            message = Enter(message, FieldNames.Find(message.Descriptor, name)!);
        }

        return (message, FieldNames.Find(message.Descriptor, names[^1])!);
    }

    private static bool Exists(MessageDescriptor type, string[] names)
    {
        foreach (var name in names[..^1])
        {
            if (FieldNames.Find(type, name) is not { FieldType: FieldType.Message, IsRepeated: false } inner)
            {
                return false;
            }

            type = inner.MessageType;
        }

        return FieldNames.Find(type, names[^1]) is not null;
    }

    private static IMessage Enter(IMessage message, FieldDescriptor field)
    {
        if (field.Accessor.GetValue(message) is IMessage there)
        {
            return there;
        }

        var made = field.MessageType.Parser.ParseFrom(ByteString.Empty);
        field.Accessor.SetValue(message, made);
        return made;
    }
}
