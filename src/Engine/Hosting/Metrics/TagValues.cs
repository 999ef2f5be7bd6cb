namespace AugmentedOS.Engine.Hosting.Metrics;

/// <summary>The values of a measurement's tags, as a key: an instrument always names its tags in the same order.</summary>
internal readonly record struct TagValues(
    object? First, object? Second, object? Third, object? Fourth, object? Fifth, object? Sixth)
{
    /// <summary>How many tags a measurement may have.</summary>
    public const int Most = 6;

    public static TagValues Of(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tags.Length, Most);
        return new TagValues(At(tags, 0), At(tags, 1), At(tags, 2), At(tags, 3), At(tags, 4), At(tags, 5));
    }

    private static object? At(ReadOnlySpan<KeyValuePair<string, object?>> tags, int index) =>
        index < tags.Length ? tags[index].Value : null;
}
