using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.Visibility;

namespace AugmentedOS.Engine.Batch.Running;

/// <summary>The runs that a batch operation is about, in an order that does not change while it changes them.</summary>
internal sealed class BatchTargets(IJournal journal, INamespaceDirectory namespaces)
{
    /// <summary>How many there are, and the number of the last; a refusal when the query is right no more.</summary>
    public Validated<RunScope> Count(BatchState batch)
    {
        var named = BatchOperations.Named(batch.Request);
        return named > 0
            ? new RunScope(named, named)
            : journal.CountRuns(ScopeOf(batch), BatchOperations.QueryOf(batch.Request));
    }

    /// <summary>The next ones after a position.</summary>
    public Validated<IReadOnlyList<NumberedRun>> Next(BatchState batch, long after)
    {
        if (BatchOperations.Named(batch.Request) > 0)
        {
            return Named(batch, after);
        }

        return journal.FindRuns(
            ScopeOf(batch), BatchOperations.QueryOf(batch.Request), after, batch.LastRun, BatchPace.PageSize);
    }

    private static List<NumberedRun> Named(BatchState batch, long after)
    {
        var ns = BatchOperations.IsOfActivities(batch.Request)
            ? IdSpaces.ActivitiesOf(batch.Key.Namespace)
            : batch.Key.Namespace;
        return
        [
            .. BatchOperations.Executions(batch.Request).Select((execution, index) => new NumberedRun(
                    index + 1,
                    new WorkflowKey(ns, execution.BusinessId),
                    RunId.TryParse(execution.RunId, out var run) ? run : null))
                .Skip((int)after).Take(BatchPace.PageSize),
        ];
    }

    /// <summary>Of a namespace that is gone nothing is found.</summary>
    private VisibilityScope ScopeOf(BatchState batch) => namespaces.TryFind(batch.Key.Namespace, out var ns)
        ? BatchOperations.ScopeOf(batch.Request, ns)
        : new(batch.Key.Namespace, SearchAttributeCatalog.Empty);
}
