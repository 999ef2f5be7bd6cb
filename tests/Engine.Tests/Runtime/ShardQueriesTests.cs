using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Queries;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.TaskQueues;
using AugmentedOS.Engine.Tests.Executions.Kit;
using AugmentedOS.Engine.Tests.Queries;
using AugmentedOS.Engine.Tests.Simulation;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Runtime;

/// <summary>Queries that travel with a workflow task, through a shard and its commits.</summary>
public sealed class ShardQueriesTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly WorkflowKey Workflow = new(FixedNamespaces.Default.Id, "workflow");

    private readonly FakeTimeProvider _time = new(Scenario.Start.ToDateTimeOffset());
    private readonly CriticalLog _log = new();
    private readonly Incarnation _life;
    private readonly QueryDispatcher _dispatcher;
    private CommitFault _fault;

    public ShardQueriesTests()
    {
        _life = new Incarnation(new SimulatedDisk(), _time, new Random(1), _log, _ => _fault);
        _dispatcher = new QueryDispatcher(
            _life.Engine.Executions, _life.Engine.Matcher, new SequentialIds(), _time, EngineLimits.Default);
    }

    public void Dispose()
    {
        _life.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task Query_WhenAStaleWorkerAnswersIt_WaitsForTheWorkerThatHasTheTask()
    {
        var (asked, id, task) = AskWithAWorkflowTask();
        var current = WorkflowTaskReference.Of(task.State.Task!);

        var refused = Complete(task, current with { Attempt = 7 }, id, "stale");
        Assert.Equal(StatusCode.NotFound, refused.Rejection?.Code);
        Assert.False(asked.IsCompleted, "The stale worker's answer went to the caller.");
        Complete(task, current, id, "fresh");

        Assert.Equal("fresh", QueryFixture.TextOf(await asked));
    }

    [Fact]
    public async Task Query_WhenItsAnswerCannotBeCommitted_IsRefusedAtOnce()
    {
        var (asked, id, task) = AskWithAWorkflowTask();
        _fault = CommitFault.Refused;

        Complete(task, WorkflowTaskReference.Of(task.State.Task!), id, "never durable");

        // The engine's time stands still: whoever waits for the query's timeout waits for ever.
        var outcome = await asked.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(StatusCode.Unavailable, outcome.Rejection?.Code);
    }

    [Fact]
    public async Task Query_WhenTheEndOfItsWaitCannotBeCommitted_IsRefusedAtOnce()
    {
        var (asked, _, task) = AskWithAWorkflowTask();
        _fault = CommitFault.Refused;

        Submit(new TerminateExecution(Workflow, task.State.Key.Run, new TerminateWorkflowExecutionRequest()));

        // The engine's time stands still: whoever waits for the query's timeout waits for ever.
        var outcome = await asked.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(StatusCode.Unavailable, outcome.Rejection?.Code);
    }

    private (Task<Outcome> Asked, string Id, StartedWorkflowTask Task) AskWithAWorkflowTask()
    {
        Submit(new StartExecution(Workflow, new StartWorkflowExecutionRequest
        {
            WorkflowId = Workflow.WorkflowId,
            WorkflowType = new WorkflowType { Name = "Workflow" },
            TaskQueue = new TaskQueue { Name = "queue", Kind = TaskQueueKind.Normal },
        }));
        var asked = _dispatcher.QueryAsync(
            Workflow.Namespace,
            new QueryWorkflowRequest
            {
                Execution = new WorkflowExecution { WorkflowId = Workflow.WorkflowId },
                Query = new WorkflowQuery { QueryType = "state" },
            },
            10.Seconds(),
            TestContext.Current.CancellationToken);
        RunUntilIdle();

        Outcome? polled = null;
        _life.Engine.Matcher.Poll(new Poller(
            new TaskQueueKey(Workflow.Namespace, "queue", TaskQueueType.Workflow), "worker", "worker", o => polled = o));
        RunUntilIdle();
        var task = Assert.IsType<StartedWorkflowTask>(polled?.Reply);
        return (asked, Assert.Single(task.Queries!).Key, task);
    }

    private Outcome Complete(StartedWorkflowTask task, WorkflowTaskReference reference, string queryId, string answer)
    {
        var request = new RespondWorkflowTaskCompletedRequest { Identity = "worker" };
        request.QueryResults.Add(queryId, new WorkflowQueryResult
        {
            ResultType = QueryResultType.Answered,
            Answer = QueryFixture.PayloadsOf(answer),
        });
        return Submit(new CompleteWorkflowTask(task.State.Key, reference, request));
    }

    private Outcome Submit(Input input)
    {
        Outcome? settled = null;
        _life.Engine.Executions.Submit(input, outcome => settled = outcome);
        RunUntilIdle();
        Assert.True(settled is not null, $"{input} was never answered.");
        return settled.Value;
    }

    private void RunUntilIdle()
    {
        while (_life.Scheduler.Step())
        {
            Assert.True(_log.Defect is null, _log.Defect?.ToString());
        }
    }
}
