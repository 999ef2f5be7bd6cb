using System.Collections.Immutable;
using AugmentedOS.Engine.Deployments.Inputs;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Storage.Codecs;
using Temporalio.Api.Deployment.V1;

namespace AugmentedOS.Engine.Deployments;

/// <summary>Worker deployments as entities: their bytes, and what the world learns of them.</summary>
internal sealed class WorkerDeploymentType : EntityType<WorkerDeployment>
{
    public override EntityKind Kind => EntityKind.WorkerDeployment;

    public override int Version => 1;

    public override void Encode(WorkerDeployment state, ByteSink sink)
    {
        sink.Text(state.Name);
        sink.Time(state.CreatedAt);
        sink.Text(state.CreateRequestId);
        sink.Text(state.LastModifier);
        sink.Text(state.Manager);
        sink.Message(state.Routing);
        sink.Number(state.Changes);
        sink.OptionalTime(state.WakeAt);
        sink.Unsigned((ulong)state.Versions.Count);
        foreach (var version in state.Versions.Values)
        {
            sink.Message(version.Info);
            sink.Text(version.CreateRequestId);
            sink.Flag(version.IsBeingCounted);
        }
    }

    public override WorkerDeployment Decode(EntityKey key, int version, ref ByteSource source)
    {
        var state = new WorkerDeployment
        {
            Name = source.Text(),
            CreatedAt = source.Time(),
            CreateRequestId = source.Text(),
            LastModifier = source.Text(),
            Manager = source.Text(),
            Routing = source.Message(RoutingConfig.Parser),
            Changes = source.Number(),
            WakeAt = source.OptionalTime(),
        };
        var versions = ImmutableSortedDictionary.CreateBuilder<string, DeployedVersion>(StringComparer.Ordinal);
        for (var left = source.Unsigned(); left > 0; left--)
        {
            var read = new DeployedVersion(
                source.Message(WorkerDeploymentVersionInfo.Parser), source.Text(), source.Flag());
            versions.Add(read.BuildId, read);
        }

        return state with { Versions = versions.ToImmutable() };
    }

    public override IEnumerable<EntityEffect> After(EntityKey key, WorkerDeployment? before, WorkerDeployment? after)
    {
        yield return new DeploymentChanged(key, after);
        foreach (var version in after?.Versions.Values ?? [])
        {
            if (version.IsBeingCounted
                && before?.Versions.GetValueOrDefault(version.BuildId) is not { IsBeingCounted: true })
            {
                yield return new CountPinnedRuns(key, version.BuildId);
            }
        }
    }

    public override IEnumerable<EntityEffect> All(EntityKey key, WorkerDeployment state) => After(key, null, state);

    public override EntityInput<WorkerDeployment> WakeUp(EntityKey key) => new CheckDrainage(key);
}

/// <summary>A deployment is durably as it is now; null when it is gone.</summary>
internal sealed record DeploymentChanged(EntityKey Entity, WorkerDeployment? Deployment) : EntityEffect(Entity);

/// <summary>Somebody has to count the open runs that are pinned to a version; <see cref="RecordPinnedRuns"/> answers.
/// </summary>
internal sealed record CountPinnedRuns(EntityKey Entity, string BuildId) : EntityEffect(Entity);
