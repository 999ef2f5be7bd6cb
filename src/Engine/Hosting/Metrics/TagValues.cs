namespace AugmentedOS.Engine.Hosting.Metrics;

/// <summary>The values of a measurement's tags, as a key: an instrument always names its tags in the same order.</summary>
internal readonly record struct TagValues(object? First, object? Second, object? Third)
{
    public static TagValues Of(ReadOnlySpan<KeyValuePair<string, object?>> tags) => new(
        tags.Length > 0 ? tags[0].Value : null,
        tags.Length > 1 ? tags[1].Value : null,
        tags.Length > 2 ? tags[2].Value : null);
}
