using System.Collections.Frozen;
using Google.Protobuf.Collections;

namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>Headers that a caller gives its operation. Their names know no case.</summary>
internal static class NexusHeaders
{
    /// <summary>What the engine itself says in headers, as <c>nexusoperation.disallowedHeaders</c> has it.</summary>
    private static readonly FrozenSet<string> Disallowed = FrozenSet.Create(
        StringComparer.Ordinal,
        "request-timeout",
        "xdc-redirection",
        "xdc-redirection-api",
        "xdc-redirection-source-cell",
        "caller-name",
        "caller-type",
        "call-initiation",
        "temporal-principal-type",
        "temporal-principal-name");

    public static (string? DisallowedKey, bool IsTooLarge) Problem(
        MapField<string, string> headers, EngineLimits limits)
    {
        var size = 0;
        foreach (var (key, value) in headers)
        {
            var name = key.ToLowerInvariant();
            if (Disallowed.Contains(name))
            {
                return (key, false);
            }

            size += Utf8Length.Of(name) + Utf8Length.Of(value);
        }

        return (null, size > limits.MaxNexusHeaderSize);
    }

    public static void CopyInLowerCase(IEnumerable<KeyValuePair<string, string>> from, MapField<string, string> to)
    {
        foreach (var (key, value) in from)
        {
            to[key.ToLowerInvariant()] = value;
        }
    }
}
