using System.Reflection;
using AugmentedOS.Engine.Api.Tokens;
using Google.Protobuf;

namespace AugmentedOS.Engine.Api.Admission;

/// <summary>What the task token of a request names, for those requests that have one.</summary>
internal static class TaskTokens<TRequest>
    where TRequest : class
{
    private const int KindLength = 1;
    private const int GuidLength = 16;

    private static readonly Func<TRequest, ByteString>? Token =
        typeof(TRequest).GetProperty("TaskToken", BindingFlags.Instance | BindingFlags.Public)?.GetMethod?
            .CreateDelegate<Func<TRequest, ByteString>>();

    /// <summary>The task's namespace, with which every token begins; null when there is no token.</summary>
    public static NamespaceId? NamespaceOf(TRequest request)
    {
        if (Token?.Invoke(request) is not { Length: >= KindLength + GuidLength } token)
        {
            return null;
        }

        var reader = new TokenReader(token.Span);
        reader.ReadByte();
        return new NamespaceId(reader.ReadGuid());
    }

    public static string WorkflowOf(TRequest request) => Read(request) is { } token ? token.Run.WorkflowId : "";

    public static string RunOf(TRequest request) => Read(request) is { } token ? token.Run.Run.ToString() : "";

    private static TaskToken? Read(TRequest request)
    {
        if (Token?.Invoke(request) is not { Length: > 0 } bytes)
        {
            return null;
        }

        var kind = (TaskTokenKind)bytes.Span[0];
        return kind is TaskTokenKind.WorkflowTask or TaskTokenKind.Activity
            && TaskToken.Decode(bytes, kind, out var token) is null
            ? token
            : null;
    }
}
