using Grpc.Core;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Deployments;

/// <summary>Refusals about worker deployments, in a Temporal server's words.</summary>
internal static class DeploymentRefusals
{
    public static Rejection NotFound(string name) => Rejection.NotFound(
        $"no Worker Deployment found with name '{name}'; does your Worker Deployment have pollers?");

    public static Rejection BuildNotFound(string buildId, string name) =>
        Rejection.NotFound($"build ID '{buildId}' not found in Worker Deployment '{name}'");

    public static Rejection VersionNotFound() => Rejection.NotFound("Worker Deployment Version not found");

    public static Rejection TokenMismatch() => Rejection.FailedPrecondition("conflict token mismatch");

    public static Rejection OtherManager(string manager, string identity) => Rejection.FailedPrecondition(
        $"ManagerIdentity '{manager}' is set and does not match user identity '{identity}'; to proceed, set your own "
        + "identity as the ManagerIdentity, remove the ManagerIdentity, or wait for the other client to do so");

    public static Rejection MissingQueues(DeploymentVersion version, string role) => Rejection.FailedPrecondition(
        $"proposed {role} version '{version}' is missing active task queues from the current version; these would become "
        + $"unversioned if it is set as the {role} version");

    public static Rejection AlreadyCurrent(string version) =>
        Rejection.FailedPrecondition($"requested ramping version {version} is already current");

    public static Rejection CannotDelete(DeploymentVersion version, string why) =>
        Rejection.FailedPrecondition($"version '{version}' cannot be deleted since it {why}");

    public static Rejection DeploymentExists(string name, bool byPolls) => new(
        StatusCode.AlreadyExists,
        $"Worker Deployment with name \"{name}\" already exists" + (byPolls ? " (auto-created from worker polls)" : ""));

    public static Rejection VersionExists(DeploymentVersion version) => new(
        StatusCode.AlreadyExists, $"Worker Deployment Version \"{version.ToLegacyText()}\" already exists");

    public static Rejection TooManyDeployments(int limit) =>
        Limit($"reached maximum deployments in namespace ({limit})");

    public static Rejection TooManyVersions(DeploymentVersion version, int limit) => Limit(
        $"cannot add version {version.ToLegacyText()} since maximum number of versions ({limit}) have been registered "
        + "in the deployment");

    public static Rejection TooManyQueues(string queue, int limit) => Limit(
        $"cannot add task queue {queue} since maximum number of task queues ({limit}) have been registered in deployment");

    private static Rejection Limit(string message) =>
        Rejection.ResourceExhausted(ResourceExhaustedCause.WorkerDeploymentLimits, message);
}
