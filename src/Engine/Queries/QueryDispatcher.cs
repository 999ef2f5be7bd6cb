using System.Collections.Concurrent;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Versioning;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.TaskQueues;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Queries;

/// <summary>Carries queries to workers and their answers back. Thread-safe.</summary>
internal sealed class QueryDispatcher(
    IExecutions executions,
    TaskMatcher matcher,
    IIdSource ids,
    TimeProvider time,
    EngineLimits limits,
    Func<DeploymentVersion, TaskQueueKey, bool>? isBlackHole = null)
{
    /// <summary>How many queries may be under way at once.</summary>
    public const int MaxOpen = 10_000;

    private const string TimedOut = "query timed out before a worker could process it";
    private const string NoPoller = "no poller seen for task queue recently, worker may be down";
    private const string NotWaitedFor = "query task not found, or already expired";

    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RecentPoll = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, PendingQuery> _open = new(StringComparer.Ordinal);

    /// <summary>How many queries are under way.</summary>
    public int OpenCount => _open.Count;

    /// <summary>Asks a run. Ends with a <see cref="QueryWorkflowResponse"/> or a refusal, about a second before the caller
    /// gives up at the latest.</summary>
    /// <param name="patience">How long the caller waits; null when it did not say.</param>
    /// <param name="left">Cancelled when the caller goes: the query is dropped.</param>
    public async Task<Outcome> QueryAsync(
        NamespaceId ns, QueryWorkflowRequest request, TimeSpan? patience, CancellationToken left)
    {
        if (QueryValidation.Check(request, limits) is { } invalid)
        {
            return new Outcome(null, invalid);
        }

        var answer = new TaskCompletionSource<Outcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var query = Open(ns, request, patience, answer.SetResult);
        using var registration = left.UnsafeRegister(
            static state => ((PendingQuery)state!).Settle(Timeout(TimedOut)), query);
        return await answer.Task.ConfigureAwait(false);
    }

    /// <summary>Asks a run; the request has been checked by <see cref="QueryValidation"/>.</summary>
    /// <param name="settled">Told the outcome, once, on an unspecified thread; must not block.</param>
    public PendingQuery Open(
        NamespaceId ns, QueryWorkflowRequest request, TimeSpan? patience, Action<Outcome> settled)
    {
        var workflow = new WorkflowKey(ns, request.Execution.WorkflowId);
        RunId? run = RunId.TryParse(request.Execution.RunId, out var parsed) ? parsed : null;
        var query = new PendingQuery(
            ids.Next().ToString("D"),
            request.Query,
            request.QueryRejectCondition,
            patience is { } wait ? Instant.From(time.GetUtcNow()) + wait : null,
            (query, outcome) =>
            {
                Close(query);
                settled(outcome);
            },
            query => Route(query, workflow, run));
        if (_open.Count >= MaxOpen)
        {
            query.Settle(new Outcome(null, Rejection.ResourceExhausted(
                ResourceExhaustedCause.ConcurrentLimit, "too many queries are waiting for an answer")));
            return query;
        }

        _open[query.Id] = query;
        Start(query, workflow, run, patience ?? DefaultPatience);
        return query;
    }

    /// <summary>A worker answers a query task. Null, or why nobody waits for it.</summary>
    /// <param name="ns">The namespace that the worker answers in: it must be the one that was asked.</param>
    public Rejection? Answer(NamespaceId ns, string queryId, RespondQueryTaskCompletedRequest answer)
    {
        if (!_open.TryGetValue(queryId, out var query) || query.Asked?.Key.Namespace != ns)
        {
            return Rejection.NotFound(NotWaitedFor);
        }

        query.Settle(QueryAnswers.From(answer, limits.BlobSizeError));
        return null;
    }

    /// <summary>The engine stops: nobody will be answered any more.</summary>
    public void EndAll()
    {
        foreach (var query in _open.Values.OrderBy(query => query.Id, StringComparer.Ordinal))
        {
            query.Settle(new Outcome(null, Rejection.Unavailable("the engine is shutting down")));
        }
    }

    private void Start(PendingQuery query, WorkflowKey workflow, RunId? run, TimeSpan patience)
    {
        patience = patience > TimeSpan.Zero ? patience : TimeSpan.Zero;
        var margin = patience / 5 < Margin ? patience / 5 : Margin;
        query.Keep(time.CreateTimer(
            state => GiveUp((PendingQuery)state!), query, patience - margin, System.Threading.Timeout.InfiniteTimeSpan));
        Route(query, workflow, run);
    }

    private void Route(PendingQuery query, WorkflowKey workflow, RunId? run) =>
        executions.Submit(new QueryRun(workflow, run, query), outcome =>
        {
            if (outcome.IsRejected)
            {
                query.Settle(outcome);
                return;
            }

            switch (outcome.Reply)
            {
                case QueryRoute.Rejected rejected:
                    query.Settle(QueryAnswers.Rejected(rejected.Status));
                    break;
                case QueryRoute.Direct direct:
                    Dispatch(query, direct.State);
                    break;
                default:
                    break;
            }
        });

    /// <summary>To the worker that has the run cached; when that is gone, to any worker.</summary>
    private void Dispatch(PendingQuery query, RunState state)
    {
        if (RunRoutes.Of(state) is { IsPinned: true, Version: { } version }
            && isBlackHole?.Invoke(version, NormalQueueOf(state)) == true)
        {
            query.Settle(new Outcome(null, Rejection.FailedPrecondition(BlackHole(version))));
            return;
        }

        if (StickyQueueOf(state) is not { } sticky || Moves(state))
        {
            Offer(query, state, NormalQueueOf(state));
            return;
        }

        if (!Offer(query, state, sticky))
        {
            FallBack(query, state);
            return;
        }

        if (!query.IsSettled && state.Sticky!.ScheduleToStart > TimeSpan.Zero)
        {
            query.Keep(time.CreateTimer(
                _ => FallBack(query, state),
                null,
                state.Sticky.ScheduleToStart,
                System.Threading.Timeout.InfiniteTimeSpan));
        }
    }

    /// <summary>The sticky worker is gone or keeps silent: any other one may answer, and it itself if it is first.</summary>
    private void FallBack(PendingQuery query, RunState state)
    {
        if (query.IsSettled || query.Offered is not { Queue.IsSticky: true } tried)
        {
            return;
        }

        var next = NewOffer(query, state, NormalQueueOf(state));
        if (!query.TryMove(tried, next))
        {
            return;
        }

        matcher.Withdraw(tried);
        if (state.IsRunning)
        {
            executions.Submit(new ResetStickiness(state.Key.Workflow, state.Key.Run), static _ => { });
        }

        Send(query, next);
    }

    private bool Offer(PendingQuery query, RunState state, TaskQueueKey queue)
    {
        var offered = NewOffer(query, state, queue);
        query.Ask(state, offered);
        return Send(query, offered);
    }

    private OfferedQuery NewOffer(PendingQuery query, RunState state, TaskQueueKey queue) => new(
        queue,
        state.Key.WorkflowId,
        RunRoutes.Of(state),
        new QueryTask(query.Id, state, query.Query, queue.IsSticky),
        () => FallBack(query, state));

    private bool Send(PendingQuery query, OfferedQuery offered)
    {
        var found = matcher.Offer(offered);
        if (query.IsSettled)
        {
            matcher.Withdraw(offered);   // its caller gave up just now, and had nothing to withdraw yet
        }

        return found;
    }

    private void GiveUp(PendingQuery query)
    {
        var isLonely = query.Asked is { } state
            && !WasPolled(state, NormalQueueOf(state))
            && !(StickyQueueOf(state) is { } sticky && WasPolled(state, sticky));
        query.Settle(isLonely ? new Outcome(null, Rejection.FailedPrecondition(NoPoller)) : Timeout(TimedOut));
    }

    /// <summary>Whether the run is to move to another version than that of the worker which has it cached.</summary>
    private bool Moves(RunState state)
    {
        var route = RunRoutes.Of(state);
        return !route.IsPinned
            && matcher.RoutingOf(NormalQueueOf(state)).TargetOf(state.Key.WorkflowId, route.UsesRamping) != route.Version;
    }

    private bool WasPolled(RunState state, TaskQueueKey queue) =>
        matcher.WasPolledWithin(RecentPoll, queue, state.Key.WorkflowId, RunRoutes.Of(state));

    private void Close(PendingQuery query)
    {
        _open.TryRemove(query.Id, out _);
        if (query.Offered is { } offered)
        {
            matcher.Withdraw(offered);
        }
    }

    private static string BlackHole(DeploymentVersion version) =>
        $"You are trying to query a closed Workflow that is PINNED to Worker Deployment Version {version.BuildId}, but "
        + $"{version.BuildId} is drained and has no pollers to answer the query. Immediately: You can re-deploy Workers in "
        + "this Deployment Version to take those queries, or you can workflow update-options to change your workflow to "
        + "AUTO_UPGRADE. For the future: In your infrastructure, consider waiting longer after the last queried timestamp "
        + "as reported in Describe Deployment before you sunset Workers. Or mark this workflow as AUTO_UPGRADE.";

    private static TaskQueueKey NormalQueueOf(RunState state) =>
        new(state.Key.Namespace, state.Started.TaskQueue.Name, TaskQueueType.Workflow);

    private static TaskQueueKey? StickyQueueOf(RunState state) => state.Sticky is { } sticky
        ? new TaskQueueKey(state.Key.Namespace, sticky.Name, TaskQueueType.Workflow, IsSticky: true)
        : null;

    private static Outcome Timeout(string message) => new(null, new Rejection(StatusCode.DeadlineExceeded, message));
}
