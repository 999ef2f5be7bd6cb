namespace AugmentedOS.Engine.Api.Http.Routing;

/// <summary>A path as the API's annotations write it: literal segments, and fields of the request in braces.</summary>
internal sealed record PathTemplate(string Text, IReadOnlyList<PathSegment> Segments)
{
    /// <exception cref="NotSupportedException">The template uses what Temporal's API never has: wildcards over many
    /// segments, or verbs.</exception>
    public static PathTemplate Parse(string text) =>
        new(text, [.. text.TrimStart('/').Split('/').Select(segment => ParseSegment(text, segment))]);

    private static PathSegment ParseSegment(string template, string segment)
    {
        var isField = segment.StartsWith('{') && segment.EndsWith('}');
        var name = isField ? segment[1..^1] : segment;
        return name.AsSpan().IndexOfAny("{}*=:") < 0
            ? new PathSegment(name, isField)
            : throw new NotSupportedException($"The path template {template} is not understood at {segment}.");
    }
}
