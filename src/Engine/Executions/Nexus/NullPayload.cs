using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>The payload that says nothing: what an operation without a result results in.</summary>
internal static class NullPayload
{
    public static Payload Instance { get; } = new()
    {
        Metadata = { ["encoding"] = ByteString.CopyFromUtf8("binary/null") },
    };
}
