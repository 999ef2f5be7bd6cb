using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Queries;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.TaskQueues;
using AugmentedOS.Engine.Tests.Executions.Kit;
using AugmentedOS.Engine.Tests.TaskQueues;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Queries;

/// <summary>Queries in simulated time on one run, whose state the test sets.</summary>
internal sealed class QueryFixture : IExecutions, IDisposable
{
    public const string NormalQueue = "queue";
    public const string StickyQueue = "sticky-of-the-worker";

    private readonly MatcherFixture _matching = new();

    public QueryFixture()
    {
        Dispatcher = new QueryDispatcher(this, _matching.Matcher, new SequentialIds(), _matching.Time, EngineLimits.Default);
    }

    public QueryDispatcher Dispatcher { get; }

    public TaskMatcher Matcher => _matching.Matcher;

    public QueryBuffer Buffer { get; } = new();

    /// <summary>The run; null when there is none.</summary>
    public RunState? State { get; set; }

    public int StickinessResets { get; private set; }

    public Task<Outcome> Ask(TimeSpan? patience = null, QueryRejectCondition condition = QueryRejectCondition.Unspecified,
        CancellationToken left = default) =>
        Dispatcher.QueryAsync(Scenario.Key.Namespace, Request(condition), patience ?? TimeSpan.FromSeconds(10), left);

    public Poll Poll(bool sticky = false)
    {
        var name = sticky ? StickyQueue : NormalQueue;
        return _matching.Poll(new TaskQueueKey(Scenario.Key.Namespace, name, TaskQueueType.Workflow, sticky));
    }

    public void Advance(TimeSpan span) => _matching.Time.Advance(span);

    /// <summary>A workflow task ended: what the shard does with the buffer after a transition.</summary>
    public void Advance(RunState after, IDictionary<string, WorkflowQueryResult>? results = null)
    {
        State = after;
        Buffer.Advance(results, after, EngineLimits.Default)?.Invoke(null);
    }

    public Rejection? Answer(string id, string answer) => Dispatcher.Answer(
        Scenario.Key.Namespace,
        id,
        new RespondQueryTaskCompletedRequest { CompletedType = QueryResultType.Answered, QueryResult = PayloadsOf(answer) });

    public static Payloads PayloadsOf(string text) =>
        new() { Payloads_ = { new Payload { Data = Google.Protobuf.ByteString.CopyFromUtf8(text) } } };

    public static string TextOf(Outcome outcome)
    {
        Assert.True(outcome.Rejection is null, $"Refused: {outcome.Rejection}");
        return Assert.IsType<QueryWorkflowResponse>(outcome.Reply).QueryResult.Payloads_[0].Data.ToStringUtf8();
    }

    public void Submit(Input input, Action<Outcome> settled)
    {
        StickinessResets += input is ResetStickiness ? 1 : 0;
        var decision = input.Decide(State, new Scenario().Context with { Now = Instant.From(_matching.Time.GetUtcNow()) });
        var full = input is QueryRun query && decision.Reply is QueryRoute.Buffered
            ? Buffer.Add(query.Query, EngineLimits.Default)
            : null;
        settled(new Outcome(full is null ? decision.Reply : null, full ?? decision.Rejection));
    }

    public void Dispose() => _matching.Dispose();

    private static QueryWorkflowRequest Request(QueryRejectCondition condition) => new()
    {
        Execution = new WorkflowExecution { WorkflowId = Scenario.Key.WorkflowId },
        Query = new WorkflowQuery { QueryType = "state" },
        QueryRejectCondition = condition,
    };
}
