using Temporalio.Api.Deployment.V1;
using Temporalio.Api.Enums.V1;
using Names = AugmentedOS.Engine.Executions.Versioning.VersionNames;

namespace AugmentedOS.Engine.Api.Deployments;

/// <summary>The deployments and versions that requests name.</summary>
internal static class NamedVersion
{
    /// <summary>What is wrong with the version that a worker says it runs; null when nothing is.</summary>
    public static Rejection? OfWorker(WorkerDeploymentOptions? options) =>
        options is not { WorkerVersioningMode: WorkerVersioningMode.Versioned } ? null
            : options is { DeploymentName.Length: 0 } or { BuildId.Length: 0 }
                ? Rejection.InvalidArgument("Deployment name and build id must be set together.")
                : Refuse(Names.DeploymentProblem(options.DeploymentName) ?? Names.BuildProblem(options.BuildId));

    public static Rejection? Deployment(string name) => Refuse(Names.DeploymentProblem(name));

    /// <summary>The version that a request means, in the present form or in the deprecated one.</summary>
    public static Rejection? Required(WorkerDeploymentVersion? named, string text, out DeploymentVersion version)
    {
        version = default;
        if (named is null)
        {
            if (Names.Read(text, out var read) is not null || read is null)
            {
                return Rejection.InvalidArgument(
                    $"invalid version string \"{text}\", expected format is \"<deployment_name>.<build_id>\"");
            }

            version = read.Value;
        }
        else
        {
            version = new DeploymentVersion(named.DeploymentName, named.BuildId);
        }

        return Refuse(Names.Problem(version.ToProto()));
    }

    /// <summary>The version that a change of routing names: by its build, or by the deprecated text.</summary>
    /// <param name="version">Null for workers without a version.</param>
    public static Rejection? Routed(string text, string buildId, string deployment, out DeploymentVersion? version)
    {
        version = null;
        if (text.Length > 0)
        {
            if (Names.Read(text, out version) is { } problem)
            {
                return Rejection.InvalidArgument($"invalid version string: {problem}");
            }

            if (version is { } named && named.Deployment != deployment)
            {
                return Rejection.InvalidArgument(
                    $"invalid version string '{text}' does not match deployment name '{deployment}'");
            }
        }
        else if (buildId.Length > 0)
        {
            version = new DeploymentVersion(deployment, buildId);
        }

        return Refuse(Names.DeploymentProblem(deployment)
            ?? (version is { } found ? Names.BuildProblem(found.BuildId) : null));
    }

    private static Rejection? Refuse(string? problem) =>
        problem is null ? null : Rejection.InvalidArgument(problem);
}
