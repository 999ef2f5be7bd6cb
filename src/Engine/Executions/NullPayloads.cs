using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>Payloads that mean "nothing": in a memo or among search attributes they take the key away.</summary>
internal static class NullPayloads
{
    public static bool IsNull(Payload payload) =>
        payload.Data.IsEmpty
        || payload.Data.Span.SequenceEqual("null"u8)
        || payload.Data.Span.SequenceEqual("[]"u8)
        || (payload.Metadata.TryGetValue("encoding", out var encoding) && encoding.Span.SequenceEqual("binary/null"u8));
}
