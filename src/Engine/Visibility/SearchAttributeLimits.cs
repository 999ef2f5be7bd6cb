namespace AugmentedOS.Engine.Visibility;

/// <summary>What one request may set.</summary>
internal sealed record SearchAttributeLimits
{
    public static SearchAttributeLimits Default { get; } = new();

    public int Count { get; init; } = 100;

    /// <summary>Bytes of one value.</summary>
    public int ValueBytes { get; init; } = 2 * 1024;

    /// <summary>Bytes of all names and values as they travel.</summary>
    public int TotalBytes { get; init; } = 40 * 1024;
}
