using Temporalio.Api.Deployment.V1;

namespace AugmentedOS.Engine.Executions.Versioning;

/// <summary>Names of deployments and versions: checked in a Temporal server's words.</summary>
internal static class VersionNames
{
    /// <summary>Half of what a server has room for in an id that joins both, behind a prefix of its own.</summary>
    private const int Longest = (1000 - 39) / 2;
    private const string DeploymentField = "WorkerDeploymentName";
    private const string BuildField = "BuildID";
    private const char LegacyDelimiter = '.';
    private const char Delimiter = ':';

    public static string? DeploymentProblem(string name) => Problem(DeploymentField, name);

    public static string? BuildProblem(string buildId) => Problem(BuildField, buildId);

    public static string? Problem(WorkerDeploymentVersion version) =>
        DeploymentProblem(version.DeploymentName) ?? BuildProblem(version.BuildId);

    /// <summary>Reads the deprecated text of a version: null for workers without one.</summary>
    /// <returns>Null, or what is wrong with it, word for word.</returns>
    public static string? Read(string text, out DeploymentVersion? version)
    {
        version = null;
        if (text == DeploymentVersion.Unversioned)
        {
            return null;
        }

        var cut = text.AsSpan().IndexOfAny(LegacyDelimiter, Delimiter);
        if (cut < 0)
        {
            return $"expected delimiter '{Delimiter}' or '{LegacyDelimiter}' not found in version string {text}";
        }

        if (cut == 0)
        {
            return $"deployment name is empty in version string {text}";
        }

        if (cut == text.Length - 1)
        {
            return $"build id is empty in version string {text}";
        }

        version = new DeploymentVersion(text[..cut], text[(cut + 1)..]);
        return null;
    }

    private static string? Problem(string field, string value) => value switch
    {
        "" => $"{field} cannot be empty",
        _ when Utf8Length.Of(value) > Longest => $"size of {field} larger than the maximum allowed",
        _ when field == DeploymentField && value.Contains(LegacyDelimiter, StringComparison.Ordinal) =>
            $"worker deployment name cannot contain '{LegacyDelimiter}'",
        _ when field == DeploymentField && value.Contains(Delimiter, StringComparison.Ordinal) =>
            $"worker deployment name cannot contain '{Delimiter}'",
        _ when value.StartsWith("__", StringComparison.Ordinal) => $"{field} cannot start with '__'",
        _ => null,
    };
}
