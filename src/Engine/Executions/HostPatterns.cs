using System.Collections.Immutable;
using System.IO.Enumeration;

namespace AugmentedOS.Engine.Executions;

/// <summary>Host names with <c>*</c> for any characters.</summary>
internal sealed record HostPatterns(ImmutableArray<string> Patterns)
{
    public static HostPatterns Any { get; } = new(["*"]);

    public bool Matches(string host) => Patterns.Any(pattern => Matches(pattern, host));

    /// <summary>The whole host must match; case does not count.</summary>
    public static bool Matches(string pattern, string host)
    {
        // Only the star is special: what else the matcher would take for a wildcard or an escape stands for itself.
        var literal = pattern.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("?", "\\?", StringComparison.Ordinal);
        return FileSystemName.MatchesSimpleExpression(literal, host, ignoreCase: true);
    }

    public bool Equals(HostPatterns? other) => other is not null && Patterns.SequenceEqual(other.Patterns);

    public override int GetHashCode() => Patterns.Length;
}
