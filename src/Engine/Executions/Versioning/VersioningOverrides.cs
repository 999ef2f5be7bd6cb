using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;
using PinnedBehavior = Temporalio.Api.Workflow.V1.VersioningOverride.Types.PinnedOverrideBehavior;
using PinnedOverride = Temporalio.Api.Workflow.V1.VersioningOverride.Types.PinnedOverride;

namespace AugmentedOS.Engine.Executions.Versioning;

/// <summary>Overrides of a run's version: what they say in their present and in their deprecated fields.</summary>
internal static class VersioningOverrides
{
    public static VersioningBehavior BehaviorOf(VersioningOverride decreed) => decreed switch
    {
        { HasAutoUpgrade: true, AutoUpgrade: true } => VersioningBehavior.AutoUpgrade,

        // A move that is to happen once holds like a pin, until a task has completed there.
        { Pinned: not null } or { OneTime: not null } => VersioningBehavior.Pinned,
        _ => decreed.Behavior,
    };

    /// <summary>The version that it names; null when it names none.</summary>
    public static DeploymentVersion? TargetOf(VersioningOverride? decreed) => decreed switch
    {
        null => null,
        { Pinned: { } pinned } => DeploymentVersion.From(pinned.Version),
        { OneTime: { } once } => DeploymentVersion.From(once.TargetDeploymentVersion),
        _ => null,
    };

    public static bool IsPinned(VersioningOverride? decreed) => decreed?.Pinned is not null;

    /// <summary>The same in the present fields alone, as events and states keep it; null when it says nothing.</summary>
    public static VersioningOverride? Modern(VersioningOverride? given) => given switch
    {
        null => null,
        { OverrideCase: VersioningOverride.OverrideOneofCase.AutoUpgrade } =>
            new VersioningOverride { AutoUpgrade = given.AutoUpgrade },
        { OverrideCase: VersioningOverride.OverrideOneofCase.Pinned } => new VersioningOverride { Pinned = given.Pinned },
        { OverrideCase: VersioningOverride.OverrideOneofCase.OneTime } =>
            new VersioningOverride { OneTime = given.OneTime },
        { Behavior: VersioningBehavior.AutoUpgrade } => new VersioningOverride { AutoUpgrade = true },
        { Behavior: VersioningBehavior.Pinned } => new VersioningOverride
        {
            Pinned = new PinnedOverride { Behavior = PinnedBehavior.Pinned, Version = LegacyVersion(given)?.ToProto() },
        },
        _ => null,
    };

    /// <summary>The same with the deprecated fields filled in too, as descriptions show it to older clients.</summary>
    public static VersioningOverride? Described(VersioningOverride? kept)
    {
        if (kept is null)
        {
            return null;
        }

        var shown = kept.Clone();
        if (shown is { HasAutoUpgrade: true, AutoUpgrade: true })
        {
            shown.Behavior = VersioningBehavior.AutoUpgrade;
        }
        else if (shown.Pinned is not null)
        {
            shown.Behavior = VersioningBehavior.Pinned;
            shown.PinnedVersion = TargetOf(shown)?.ToLegacyText() ?? "";
        }

        return shown;
    }

    /// <summary>What is wrong with it, word for word; null when nothing is.</summary>
    public static string? Problem(VersioningOverride? given) => given?.OverrideCase switch
    {
        null => null,
        VersioningOverride.OverrideOneofCase.AutoUpgrade =>
            given.AutoUpgrade ? null : "auto-upgrade override must be true",
        VersioningOverride.OverrideOneofCase.Pinned => given.Pinned switch
        {
            { Version: null } => "must provide version if override is pinned.",
            { Behavior: PinnedBehavior.Unspecified } => "must specify pinned override behavior if override is pinned.",
            var pinned => VersionNames.Problem(pinned.Version),
        },
        VersioningOverride.OverrideOneofCase.OneTime => given.OneTime.TargetDeploymentVersion is { } target
            ? VersionNames.Problem(target)
            : "must provide target deployment version if override is one-time.",
        _ => LegacyProblem(given),
    };

    private static string? LegacyProblem(VersioningOverride given) => given.Behavior switch
    {
        VersioningBehavior.Pinned when given.Deployment is null && given.PinnedVersion.Length == 0 =>
            "must provide deployment (deprecated) or pinned version if behavior is 'PINNED'",
        VersioningBehavior.Pinned when LegacyVersion(given) is null =>
            $"invalid version string \"{given.PinnedVersion}\", expected format is \"<deployment_name>.<build_id>\"",
        VersioningBehavior.Pinned => null,
        VersioningBehavior.AutoUpgrade when given.Deployment is not null =>
            "only provide deployment if behavior is 'PINNED'",
        VersioningBehavior.AutoUpgrade when given.PinnedVersion.Length > 0 =>
            "only provide pinned version if behavior is 'PINNED'",
        VersioningBehavior.AutoUpgrade => null,
        VersioningBehavior.Unspecified => "override behavior is required",
        _ => $"override behavior {given.Behavior} not recognized",
    };

    private static DeploymentVersion? LegacyVersion(VersioningOverride given)
    {
        if (given.Deployment is { } deployment)
        {
            return new DeploymentVersion(deployment.SeriesName, deployment.BuildId);
        }

        return VersionNames.Read(given.PinnedVersion, out var version) is null ? version : null;
    }
}
