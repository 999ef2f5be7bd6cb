using Temporalio.Api.Common.V1;

namespace AugmentedOS.Testing.Histories;

/// <summary>Payloads as a reader wants them: JSON as it is, anything else by kind and size.</summary>
internal static class PayloadText
{
    private const int Longest = 80;

    public static string Of(Payloads? payloads) =>
        payloads is null ? "" : string.Join(", ", payloads.Payloads_.Select(Of));

    public static string Of(Payload payload)
    {
        var encoding = payload.Metadata.TryGetValue("encoding", out var named) ? named.ToStringUtf8() : "unknown";
        return encoding switch
        {
            "json/plain" or "json/protobuf" => Cut(payload.Data.ToStringUtf8()),
            "binary/null" => "null",
            _ => $"<{encoding}, {payload.Data.Length} bytes>",
        };
    }

    private static string Cut(string text) => text.Length <= Longest ? text : $"{text[..Longest]}...";
}
