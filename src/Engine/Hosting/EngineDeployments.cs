using AugmentedOS.Engine.Deployments;
using AugmentedOS.Engine.Deployments.Inputs;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Storage;

namespace AugmentedOS.Engine.Hosting;

/// <summary>Worker deployments, wired: their home, what is known of them, and polls that make new ones.</summary>
internal sealed class EngineDeployments
{
    public EngineDeployments(EngineParts parts, SqliteJournal journal, INamespaceDirectory namespaces)
    {
        Directory = parts.Versions;
        var effects = new DeploymentEffects(Directory, ThreadPoolScheduler.Instance);
        Host = parts.Entities.Add(new WorkerDeploymentType(), effects);
        effects.Connect(Host, new PinnedRuns(journal, namespaces).Count);
        Directory.Woken = (key, buildId) => Host.Post(new ReactivateVersion(key, buildId), static _ => { });
        Polls = new VersionedPolls(Host, Directory, parts.Matcher);
    }

    public EntityHost<WorkerDeployment> Host { get; }

    public DeploymentDirectory Directory { get; }

    public VersionedPolls Polls { get; }

    /// <summary>Until all that was durable is known: a task that was given away earlier could reach the wrong version.
    /// </summary>
    public Task LoadAsync() => Host.SubmitAsync(new ReadEntity<WorkerDeployment>(
        WorkerDeployment.KeyOf(EntityKey.NoNamespace, ""),
        static (_, _) => "",
        static () => Rejection.NotFound("")));
}
