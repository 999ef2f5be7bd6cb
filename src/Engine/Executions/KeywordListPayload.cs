using System.Text.Json;
using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>A list of keywords as a search attribute that the engine itself sets.</summary>
internal static class KeywordListPayload
{
    public static Payload Of(IReadOnlyList<string> values)
    {
        var payload = new Payload { Data = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(values)) };
        payload.Metadata["encoding"] = ByteString.CopyFromUtf8("json/plain");
        payload.Metadata["type"] = ByteString.CopyFromUtf8("KeywordList");
        return payload;
    }
}
