using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.Visibility;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Namespaces;

/// <summary>Removes the entities and the runs of deleted namespaces, the runs a page at a time, each after the one before: it never crowds out
/// callers. What a stop interrupts is taken up at the next start.</summary>
internal sealed partial class NamespaceReclaim(
    SqliteJournal journal, IExecutions executions, EntityHosts entities, ILogger<NamespaceReclaim> log)
{
    /// <summary>What the name of a deleted namespace has in it.</summary>
    public const string DeletedMark = "-deleted-";

    private const int PageSize = 100;

    /// <summary>Takes up what an earlier life of the engine left.</summary>
    public void Resume(IEnumerable<NamespaceInfo> namespaces)
    {
        foreach (var ns in namespaces)
        {
            if (ns.State == NamespaceState.Deleted && ns.Name.Contains(DeletedMark, StringComparison.Ordinal))
            {
                Begin(ns);
            }
        }
    }

    public void Begin(NamespaceInfo ns)
    {
        // First what would start new runs.
        entities.RemoveAll(ns.Id);
        _ = ReclaimAsync(ns);
    }

    private async Task ReclaimAsync(NamespaceInfo ns)
    {
        await Task.Yield();
        try
        {
            while (ReadPage(ns) is { Count: > 0 } runs)
            {
                foreach (var run in runs)
                {
                    var outcome = await executions
                        .SubmitAsync(new DeleteExecution(run.Workflow, run.Run))
                        .ConfigureAwait(false);
                    if (outcome is { IsRejected: true, Rejection.Code: Grpc.Core.StatusCode.Unavailable })
                    {
                        return;
                    }
                }
            }
        }
        catch (JournalException failure)
        {
            LogInterrupted(ns.Name, failure);
        }
    }

    private List<RunKey> ReadPage(NamespaceInfo ns) => IdSpaces.Of(ns.Id).Prepend(ns.Id)
        .Select(space => ReadPage(ns, space))
        .FirstOrDefault(page => page.Count > 0) ?? [];

    private List<RunKey> ReadPage(NamespaceInfo ns, NamespaceId space)
    {
        var scope = new VisibilityScope(space, new SearchAttributeCatalog(ns.SearchAttributes));
        var page = journal.Query(connection => VisibilityReader.List(
            connection, scope, "", PageSize, ByteString.Empty));
        return page.TryGet(out var found, out _)
            ? [.. found.Runs.Select(run => new RunKey(
                new WorkflowKey(space, run.Execution.WorkflowId), RunId.Parse(run.Execution.RunId)))]
            : [];
    }

    [LoggerMessage(1, LogLevel.Warning, "Deleting the runs of {Namespace} was interrupted; it goes on at the next start")]
    private partial void LogInterrupted(string @namespace, Exception failure);
}
