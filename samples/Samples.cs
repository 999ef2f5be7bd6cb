namespace AugmentedOS.Samples;

/// <summary>All samples, one line each.</summary>
internal static class Samples
{
    public static IReadOnlyList<Sample> All { get; } =
    [
    ];

    /// <returns>Null when there is none of that name.</returns>
    public static Sample? Find(string name) => All.FirstOrDefault(sample => sample.Name == name);
}
