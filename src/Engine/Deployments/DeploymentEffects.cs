using AugmentedOS.Engine.Deployments.Inputs;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Storage;

namespace AugmentedOS.Engine.Deployments;

/// <summary>Carries out what deployments want done: routing is published, and open runs are counted beside the loops.
/// </summary>
internal sealed class DeploymentEffects(DeploymentDirectory directory, IWorkScheduler scheduler) : IEntityEffects
{
    private Func<NamespaceId, DeploymentVersion, long>? _count;
    private EntityHost<WorkerDeployment>? _host;

    /// <summary>Says who counts and who is told. Before the host starts.</summary>
    /// <param name="count">Counts the open runs that are pinned to a version; may block and throw
    /// <see cref="JournalException"/>.</param>
    public void Connect(EntityHost<WorkerDeployment> host, Func<NamespaceId, DeploymentVersion, long> count)
    {
        _host = host;
        _count = count;
    }

    /// <inheritdoc/>
    public void Carry(EntityEffect effect)
    {
        switch (effect)
        {
            case DeploymentChanged changed:
                directory.Publish(changed.Entity, changed.Deployment);
                break;
            case CountPinnedRuns count:
                scheduler.Schedule(new Counting(this, count));
                break;
            default:
                throw new InvalidOperationException($"Nobody carries out {effect}.");
        }
    }

    private sealed class Counting(DeploymentEffects effects, CountPinnedRuns asked) : IThreadPoolWorkItem
    {
        /// <summary>Why nobody knows: as if there was one, so that the version drains on and is looked at again.</summary>
        private const long Unknown = 1;

        public void Execute()
        {
            var version = new DeploymentVersion(asked.Entity.Id, asked.BuildId);
            effects._host!.Post(new RecordPinnedRuns(asked.Entity, asked.BuildId, Count(version)), static _ => { });
        }

        private long Count(DeploymentVersion version)
        {
            try
            {
                return effects._count!(asked.Entity.Namespace, version);
            }
            catch (JournalException)
            {
                return Unknown;
            }
        }
    }
}
