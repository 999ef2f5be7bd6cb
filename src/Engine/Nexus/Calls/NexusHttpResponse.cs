using AugmentedOS.Engine.Nexus.Wire;

namespace AugmentedOS.Engine.Nexus.Calls;

/// <summary>A handler's answer over HTTP, read whole.</summary>
internal sealed record NexusHttpResponse(int Status, IReadOnlyDictionary<string, string[]> Headers, byte[] Body)
{
    public string Header(string name) => Headers.TryGetValue(name, out var values) ? values[0] : "";

    public IReadOnlyList<string> Values(string name) => Headers.TryGetValue(name, out var values) ? values : [];

    public bool IsJson => Header("content-type").Split(';')[0].Trim()
        .Equals("application/json", StringComparison.OrdinalIgnoreCase);

    /// <summary>The headers that describe the body, without their prefix.</summary>
    public IReadOnlyDictionary<string, string> Content => Headers
        .Where(h => h.Key.StartsWith(NexusHeaderNames.ContentPrefix, StringComparison.Ordinal))
        .ToDictionary(h => h.Key[NexusHeaderNames.ContentPrefix.Length..], h => h.Value[0], StringComparer.Ordinal);
}
