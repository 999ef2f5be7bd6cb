using AugmentedOS.Engine.Api.Http.Json;
using AugmentedOS.Engine.Api.Http.Routing;
using Google.Protobuf.Reflection;

namespace AugmentedOS.Engine.Api.Http.OpenApi;

/// <summary>What a binding takes from the path and from the query.</summary>
internal static class Parameters
{
    private const int MaxDepth = 3;

    /// <summary>Fields by their dotted names, with where they stand.</summary>
    public static IEnumerable<(string Name, string In, FieldDescriptor Field)> Of(HttpBinding binding)
    {
        var inPath = binding.Path.Segments.Where(segment => segment.IsField).Select(segment => segment.Name).ToList();
        foreach (var name in inPath)
        {
            yield return (name, "path", Find(binding.Rpc.InputType, name));
        }

        if (binding.Body.Length > 0)
        {
            yield break;
        }

        foreach (var (name, path, field) in Scalars(binding.Rpc.InputType, "", "", 0))
        {
            if (!inPath.Contains(path))
            {
                yield return (name, "query", field);
            }
        }
    }

    private static IEnumerable<(string Name, string Path, FieldDescriptor Field)> Scalars(
        MessageDescriptor message, string name, string path, int depth)
    {
        foreach (var field in message.Fields.InDeclarationOrder().Where(field => !field.IsMap))
        {
            if (field.FieldType != FieldType.Message || WellKnown.Has(field.MessageType))
            {
                yield return (name + field.JsonName, path + field.Name, field);
            }
            else if (!field.IsRepeated && depth < MaxDepth)
            {
                foreach (var inner in Scalars(field.MessageType, $"{name}{field.JsonName}.", $"{path}{field.Name}.", depth + 1))
                {
                    yield return inner;
                }
            }
        }
    }

    private static FieldDescriptor Find(MessageDescriptor message, string path)
    {
        var names = path.Split('.');
        foreach (var name in names[..^1])
        {
            message = message.FindFieldByName(name).MessageType;
        }

        return message.FindFieldByName(names[^1]);
    }
}
