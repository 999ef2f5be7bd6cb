using System.Collections.Immutable;
using System.Text.Json;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Executions.Versioning;

/// <summary>The search attributes by which runs of a version are found and counted.</summary>
internal static class VersioningAttributes
{
    private const string Deployment = "TemporalWorkerDeployment";
    private const string Version = "TemporalWorkerDeploymentVersion";
    private const string Behavior = "TemporalWorkflowVersioningBehavior";
    private const string Used = "TemporalUsedWorkerDeploymentVersions";
    private const string BuildIds = "BuildIds";
    private const string Unversioned = "unversioned";
    private const string PinnedPrefix = "pinned:";
    private const string AssignedPrefix = "assigned:";
    private const int LargestList = 2 * 1024;

    /// <summary>The run with them as its versioning now demands.</summary>
    /// <param name="stamp">The build that completed a workflow task; null when none did.</param>
    /// <param name="used">The version that did.</param>
    public static RunState Stamp(RunState state, WorkerVersionStamp? stamp, DeploymentVersion? used)
    {
        if (state.Versioning is not { } versioning)
        {
            return state;
        }

        var behavior = versioning.Override is { } decreed
            ? VersioningOverrides.BehaviorOf(decreed)
            : versioning.Behavior;
        var version = VersioningOverrides.TargetOf(versioning.Override) ?? versioning.Version;
        var attributes = state.SearchAttributes.ToBuilder();
        Set(attributes, Deployment, Keyword(version?.Deployment ?? versioning.DeploymentName));
        Set(attributes, Version, Keyword(version?.ToString() ?? ""));
        Set(attributes, Behavior, Keyword(behavior == VersioningBehavior.Unspecified ? "" : behavior.ToString()));
        Set(attributes, BuildIds, List(Builds(Read(state, BuildIds), behavior, version, stamp)));
        if (used is { } usedVersion && Read(state, Used) is var known && !known.Contains(usedVersion.ToString()))
        {
            Set(attributes, Used, List([.. known, usedVersion.ToString()]));
        }

        return state with { SearchAttributes = attributes.ToImmutable() };
    }

    private static List<string> Builds(
        List<string> known, VersioningBehavior behavior, DeploymentVersion? version, WorkerVersionStamp? stamp)
    {
        var builds = new List<string>();
        if (behavior == VersioningBehavior.Unspecified && stamp is not { UseVersioning: true })
        {
            builds.Add(Unversioned);
        }
        else if (behavior == VersioningBehavior.Pinned)
        {
            builds.Add(PinnedPrefix + version);
        }

        builds.AddRange(known.Where(build => build != Unversioned
            && !build.StartsWith(PinnedPrefix, StringComparison.Ordinal)
            && !build.StartsWith(AssignedPrefix, StringComparison.Ordinal)));
        if (Named(stamp) is { } named && !builds.Contains(named))
        {
            builds.Add(named);
        }

        return builds;
    }

    private static string? Named(WorkerVersionStamp? stamp) => stamp switch
    {
        null => null,
        { BuildId.Length: 0 } => Unversioned,
        { UseVersioning: true } => $"versioned:{stamp.BuildId}",
        _ => $"{Unversioned}:{stamp.BuildId}",
    };

    private static void Set(
        ImmutableSortedDictionary<string, Payload>.Builder attributes, string name, Payload? value)
    {
        if (value is null)
        {
            attributes.Remove(name);
        }
        else
        {
            attributes[name] = value;
        }
    }

    private static Payload? Keyword(string value) =>
        value.Length == 0 ? null : Encode(JsonSerializer.Serialize(value), "Keyword");

    /// <summary>The oldest entries make room for the latest, but what stands first names the run's state and stays.</summary>
    private static Payload? List(List<string> values)
    {
        while (values.Count > 1 && JsonSerializer.Serialize(values).Length > LargestList)
        {
            values.RemoveAt(1);
        }

        return values.Count == 0 ? null : Encode(JsonSerializer.Serialize(values), "KeywordList");
    }

    private static List<string> Read(RunState state, string name) =>
        state.SearchAttributes.TryGetValue(name, out var payload)
            ? JsonSerializer.Deserialize<List<string>>(payload.Data.Span) ?? []
            : [];

    private static Payload Encode(string json, string type)
    {
        var payload = new Payload { Data = ByteString.CopyFromUtf8(json) };
        payload.Metadata["encoding"] = ByteString.CopyFromUtf8("json/plain");
        payload.Metadata["type"] = ByteString.CopyFromUtf8(type);
        return payload;
    }
}
