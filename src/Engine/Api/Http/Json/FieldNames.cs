using Google.Protobuf.Reflection;

namespace AugmentedOS.Engine.Api.Http.Json;

/// <summary>Fields by either of their names: as the API writes them, or in lowerCamel.</summary>
internal static class FieldNames
{
    public static FieldDescriptor? Find(MessageDescriptor type, string name) =>
        type.FindFieldByName(name)
        ?? type.Fields.InDeclarationOrder().FirstOrDefault(field => field.JsonName == name);
}
