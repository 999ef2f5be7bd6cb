using Temporalio.Api.Deployment.V1;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine;

/// <summary>A version of a worker deployment: its name and the build that its workers run. Where there is none (null),
/// the worker, task or run is unversioned.</summary>
internal readonly record struct DeploymentVersion(string Deployment, string BuildId)
{
    /// <summary>What the deprecated text fields say where there is no version.</summary>
    public const string Unversioned = "__unversioned__";

    /// <summary>How texts and search attributes name it.</summary>
    public override string ToString() => $"{Deployment}:{BuildId}";

    /// <summary>How the deprecated text fields of the API name it.</summary>
    public string ToLegacyText() => $"{Deployment}.{BuildId}";

    public WorkerDeploymentVersion ToProto() => new() { DeploymentName = Deployment, BuildId = BuildId };

    public static DeploymentVersion? From(WorkerDeploymentVersion? version) =>
        version is null or { DeploymentName.Length: 0, BuildId.Length: 0 }
            ? null
            : new DeploymentVersion(version.DeploymentName, version.BuildId);

    /// <summary>The version that a worker runs; null when it does not take part in versioning.</summary>
    public static DeploymentVersion? Of(WorkerDeploymentOptions? options) =>
        options is { WorkerVersioningMode: WorkerVersioningMode.Versioned }
            ? new DeploymentVersion(options.DeploymentName, options.BuildId)
            : null;
}
