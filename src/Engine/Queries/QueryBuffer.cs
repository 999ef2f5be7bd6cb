using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Runtime;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Query.V1;

namespace AugmentedOS.Engine.Queries;

/// <summary>The queries on one run that wait for a workflow task. In memory only: a query leaves no trace, and after a
/// restart nobody waits for its answer.</summary>
/// <remarks>Used by the run's shard alone. A query that ended meanwhile (its caller gave up) drops out by itself.</remarks>
internal sealed class QueryBuffer
{
    private const string FullMessage =
        "consistent query buffer is full, this may be caused by too many queries and workflow not able to process "
        + "query fast enough";

    private readonly List<PendingQuery> _queries = [];

    public bool IsEmpty => _queries.Count == 0;

    /// <summary>Keeps a query whose route is <see cref="QueryRoute.Buffered"/>. Null, or why it cannot wait here.</summary>
    public Rejection? Add(PendingQuery query, EngineLimits limits)
    {
        DropSettled();
        if (_queries.Count >= limits.MaxBufferedQueries)
        {
            return Rejection.ResourceExhausted(ResourceExhaustedCause.BusyWorkflow, FullMessage);
        }

        _queries.Add(query);
        return null;
    }

    /// <summary>The queries for a workflow task that a worker is given, by id; null when there are none. They stay until
    /// they are answered: a task that fails leaves them to the next one.</summary>
    public IReadOnlyDictionary<string, WorkflowQuery>? ForTask()
    {
        DropSettled();
        return IsEmpty ? null : _queries.ToDictionary(query => query.Id, query => query.Query, StringComparer.Ordinal);
    }

    /// <summary>Takes out what a worker answered with its workflow task, and what need not wait for a task any more.
    /// Called after each transition of a run whose buffer is not empty.</summary>
    /// <param name="results">What came with the worker's completion, even if its commands failed the task; null with any
    /// other input.</param>
    /// <param name="after">The run after the transition.</param>
    /// <returns>What to do once it is known whether the transition is durable: null, or why it is not. Null when there
    /// is nothing to do.</returns>
    public Action<Rejection?>? Advance(IDictionary<string, WorkflowQueryResult>? results, RunState after, EngineLimits limits)
    {
        if (IsEmpty)
        {
            return null;
        }

        var answered = results is { Count: > 0 } ? TakeAnswered(results, limits) : [];
        PendingQuery[] released = [];
        if (QueryRouting.IsSettled(after))
        {
            released = [.. _queries];
            _queries.Clear();
        }

        return answered.Count == 0 && released.Length == 0 ? null : Release;

        void Release(Rejection? failure)
        {
            if (failure is not null)
            {
                // An answer that rests on what was not written is kept back.
                var outcome = new Outcome(null, failure);
                answered.ForEach(query => query.Query.Settle(outcome));
                Array.ForEach(released, query => query.Settle(outcome));
                return;
            }

            answered.ForEach(query => query.Query.Settle(query.Answer));
            Array.ForEach(released, query => query.Reroute());
        }
    }

    /// <summary>The run leaves memory (it is evicted, or the shard starts over): nobody would answer.</summary>
    public void FailAll(Rejection reason) => Abandon(reason)(null);

    /// <summary>The run is about to be deleted: nobody will answer.</summary>
    /// <returns>What to do once it is known whether the deletion is durable: null, or why it is not.</returns>
    public Action<Rejection?> Abandon(Rejection reason)
    {
        var failed = _queries.ToArray();
        _queries.Clear();
        return failure => Array.ForEach(failed, query => query.Settle(new Outcome(null, failure ?? reason)));
    }

    private List<(PendingQuery Query, Outcome Answer)> TakeAnswered(
        IDictionary<string, WorkflowQueryResult> results, EngineLimits limits)
    {
        var answered = new List<(PendingQuery, Outcome)>();
        _queries.RemoveAll(query =>
        {
            if (!results.TryGetValue(query.Id, out var result))
            {
                return false;
            }

            answered.Add((query, QueryAnswers.From(result, limits.BlobSizeError)));
            return true;
        });
        return answered;
    }

    private void DropSettled() => _queries.RemoveAll(query => query.IsSettled);
}
