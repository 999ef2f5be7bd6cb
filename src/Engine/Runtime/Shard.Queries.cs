using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Updates;
using AugmentedOS.Engine.Queries;
using Temporalio.Api.Query.V1;

namespace AugmentedOS.Engine.Runtime;

/// <content>Queries that wait for a workflow task.</content>
internal sealed partial class Shard
{
    private static readonly Rejection OutOfMemory =
        Rejection.Unavailable("The engine put the workflow aside while the query waited. Try again.");

    private Rejection? Buffer(RunEntry entry, PendingQuery query) =>
        (entry.Queries ??= new QueryBuffer()).Add(query, _services.Limits);

    /// <summary>Before the next task is handed out: what was just answered does not go with it.</summary>
    private void AdvanceQueries(
        RunEntry entry,
        Decision decision,
        TransitionCommit commit,
        IDictionary<string, WorkflowQueryResult>? answers)
    {
        var after = (decision.Held ?? decision.Change)!.After;
        if (entry.Queries?.Advance(answers, after, _services.Limits) is { } release)
        {
            commit.Afterwards(release);
        }
    }

    private void FailWaiting()
    {
        foreach (var entry in _runs.All)
        {
            entry.Queries?.FailAll(OutOfMemory);
            entry.UpdateWaiters?.LoseAll(UpdateRejections.Lost());
        }
    }
}
