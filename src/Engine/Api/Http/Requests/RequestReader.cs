using AugmentedOS.Engine.Api.Http.Json;
using AugmentedOS.Engine.Api.Http.Routing;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace AugmentedOS.Engine.Api.Http.Requests;

/// <summary>From an HTTP request to an RPC's: the body first, the query where there is no body for everything, and the
/// path, which wins.</summary>
internal static class RequestReader
{
    /// <exception cref="UnreadableJsonException">Something in it is not what the RPC's request asks for.</exception>
    public static IMessage Read(
        HttpBinding binding, IReadOnlyList<string> path, IQueryCollection query, ReadOnlyMemory<byte> body, JsonForm form)
    {
        var message = ReadBody(binding, body, form);
        var inPath = binding.Path.Segments
            .Select((segment, at) => (segment.IsField, segment.Name, Value: path[at]))
            .Where(segment => segment.IsField)
            .ToList();
        if (binding.Body != HttpBinding.WholeBody)
        {
            foreach (var (name, values) in query)
            {
                QueryFields.Set(message, name, [.. values.Select(value => value ?? "")]);
            }
        }

        foreach (var (_, name, value) in inPath)
        {
            QueryFields.Set(message, name, [value]);
        }

        return message;
    }

    private static IMessage ReadBody(HttpBinding binding, ReadOnlyMemory<byte> body, JsonForm form)
    {
        var type = binding.Rpc.InputType;
        if (binding.Body.Length == 0 || body.Length == 0)
        {
            return type.Parser.ParseFrom(ByteString.Empty);
        }

        if (binding.Body == HttpBinding.WholeBody)
        {
            return MessageJson.Read(body, type, form);
        }

        var message = type.Parser.ParseFrom(ByteString.Empty);
        var field = type.FindFieldByName(binding.Body);
        field.Accessor.SetValue(message, MessageJson.Read(body, field.MessageType, form));
        return message;
    }
}
