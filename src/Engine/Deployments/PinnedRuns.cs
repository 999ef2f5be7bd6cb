using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.Visibility;

namespace AugmentedOS.Engine.Deployments;

/// <summary>Counts the open runs that are pinned to a version, by visibility.</summary>
internal sealed class PinnedRuns(SqliteJournal journal, INamespaceDirectory namespaces)
{
    /// <exception cref="JournalException">The file cannot be read.</exception>
    public long Count(NamespaceId ns, DeploymentVersion version)
    {
        if (!namespaces.TryFind(ns, out var known))
        {
            return 0;
        }

        var query = $"TemporalWorkerDeploymentVersion = '{Quoted(version)}' "
            + "AND TemporalWorkflowVersioningBehavior = 'Pinned' AND ExecutionStatus = 'Running'";
        var scope = new VisibilityScope(ns, new SearchAttributeCatalog(known.SearchAttributes));
        return journal.Query(database => VisibilityReader.Count(database, scope, query))
            .TryGet(out var count, out var rejection)
            ? count.Total
            : throw new InvalidOperationException($"The engine's own query was refused: {rejection.Message}");
    }

    private static string Quoted(DeploymentVersion version) => version.ToString()
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("'", "\\'", StringComparison.Ordinal);
}
