using System.Text.Json.Nodes;
using AugmentedOS.Engine.Api.Http.Json;
using Google.Protobuf.Reflection;

namespace AugmentedOS.Engine.Api.Http.OpenApi;

/// <summary>What messages look like as JSON, in the words of JSON Schema. Collects what is referred to.</summary>
/// <param name="prefix">Where the document keeps its schemas.</param>
internal sealed class Schemas(string prefix)
{
    /// <summary>All that were referred to so far, by name.</summary>
    public JsonObject All { get; } = [];

    public JsonObject Of(MessageDescriptor message)
    {
        if (WellKnown.Has(message) || WellKnown.IsAny(message))
        {
            return OfWellKnown(message);
        }

        var name = NameOf(message);
        if (!All.ContainsKey(name))
        {
            var properties = new JsonObject();
            All[name] = new JsonObject { ["type"] = "object", ["properties"] = properties };
            foreach (var field in message.Fields.InDeclarationOrder())
            {
                properties[field.JsonName] = Of(field);
            }
        }

        return Reference(name);
    }

    /// <summary>What a refusal looks like.</summary>
    public JsonObject OfRefusal() => Of(Google.Rpc.Status.Descriptor);

    public JsonObject Of(FieldDescriptor field)
    {
        if (field.IsMap)
        {
            return new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = OfOne(field.MessageType.FindFieldByName("value")),
            };
        }

        return field.IsRepeated ? new JsonObject { ["type"] = "array", ["items"] = OfOne(field) } : OfOne(field);
    }

    private JsonObject OfOne(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message => Of(field.MessageType),
        FieldType.Enum => Of(field.EnumType),
        FieldType.String => Type("string"),
        FieldType.Bytes => Type("string", "byte"),
        FieldType.Bool => Type("boolean"),
        FieldType.Double => Type("number", "double"),
        FieldType.Float => Type("number", "float"),
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => Type("string", "int64"),
        FieldType.UInt64 or FieldType.Fixed64 => Type("string", "uint64"),
        FieldType.UInt32 or FieldType.Fixed32 => Type("integer", "int64"),
        _ => Type("integer", "int32"),
    };

    private JsonObject Of(EnumDescriptor type)
    {
        var name = type.ContainingType is { } outer ? $"{NameOf(outer)}{type.Name}" : Cut(type.FullName);
        if (!All.ContainsKey(name))
        {
            All[name] = new JsonObject
            {
                ["type"] = "string",
                ["enum"] = new JsonArray([.. type.Values.Select(value => (JsonNode)value.Name)]),
            };
        }

        return Reference(name);
    }

    private static JsonObject OfWellKnown(MessageDescriptor message) => message.Name switch
    {
        "Timestamp" => Type("string", "date-time"),
        "Duration" or "FieldMask" => Type("string"),
        "Any" => new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["@type"] = Type("string") },
            ["additionalProperties"] = true,
        },
        "DoubleValue" or "FloatValue" => Type("number"),
        "BoolValue" => Type("boolean"),
        "Int32Value" or "UInt32Value" => Type("integer"),
        "StringValue" or "BytesValue" or "Int64Value" or "UInt64Value" => Type("string"),
        "ListValue" => new JsonObject { ["type"] = "array", ["items"] = new JsonObject() },
        "Value" => [],
        _ => Type("object"),
    };

    private JsonObject Reference(string name) => new() { ["$ref"] = prefix + name };

    private static JsonObject Type(string type, string? format = null)
    {
        var schema = new JsonObject { ["type"] = type };
        if (format is not null)
        {
            schema["format"] = format;
        }

        return schema;
    }

    private static string NameOf(MessageDescriptor message) =>
        message.ContainingType is { } outer ? NameOf(outer) + message.Name : Cut(message.FullName);

    /// <summary>The package's last parts and the name: <c>common.v1.Payload</c>.</summary>
    private static string Cut(string fullName) =>
        fullName.StartsWith("temporal.api.", StringComparison.Ordinal) ? fullName["temporal.api.".Length..] : fullName;
}
