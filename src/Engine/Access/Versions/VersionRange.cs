namespace AugmentedOS.Engine.Access.Versions;

/// <summary>Versions as clients describe them: <c>&gt;=1.0.0 &lt;2.0.0</c>, alternatives with <c>||</c>.</summary>
internal sealed class VersionRange
{
    private static readonly string[] Signs = [">=", "<=", "!=", "==", ">", "<", "=", "!"];

    private readonly IReadOnlyList<IReadOnlyList<(string Sign, SemanticVersion Bound)>> _alternatives;

    private VersionRange(IReadOnlyList<IReadOnlyList<(string Sign, SemanticVersion Bound)>> alternatives) =>
        _alternatives = alternatives;

    /// <summary>Null when the text is no range; <paramref name="problem"/> says why.</summary>
    public static VersionRange? Parse(string text, out string problem)
    {
        problem = "";
        var alternatives = new List<IReadOnlyList<(string, SemanticVersion)>>();
        foreach (var alternative in text.Split("||"))
        {
            var bounds = new List<(string, SemanticVersion)>();
            foreach (var part in alternative.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                var sign = Signs.FirstOrDefault(sign => part.StartsWith(sign, StringComparison.Ordinal)) ?? "";
                if (SemanticVersion.Parse(part[sign.Length..]) is not { } bound)
                {
                    problem = $"Could not parse Range \"{part}\"";
                    return null;
                }

                bounds.Add((sign, bound));
            }

            if (bounds.Count == 0)
            {
                problem = "empty range";
                return null;
            }

            alternatives.Add(bounds);
        }

        return new VersionRange(alternatives);
    }

    public bool Contains(SemanticVersion version) =>
        _alternatives.Any(bounds => bounds.All(bound => Holds(version.CompareTo(bound.Bound), bound.Sign)));

    private static bool Holds(int order, string sign) => sign switch
    {
        ">" => order > 0,
        ">=" => order >= 0,
        "<" => order < 0,
        "<=" => order <= 0,
        "!" or "!=" => order != 0,
        _ => order == 0,
    };
}
