namespace AugmentedOS.Workflows.Versioning;

/// <summary>How a worker deployment stands.</summary>
/// <param name="Current">The build that workflows go to; null for workers without a version.</param>
/// <param name="Ramping">The build that a share of them goes to; null when none ramps.</param>
/// <param name="Percentage">That share, 0 to 100.</param>
/// <param name="Versions">Its versions by build id. The workers of one that is <see cref="VersionStatus.Drained"/> can
/// be stopped.</param>
public sealed record RolloutState(
    string? Current, string? Ramping, float Percentage, IReadOnlyDictionary<string, VersionStatus> Versions);
