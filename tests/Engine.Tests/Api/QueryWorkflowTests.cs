using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace AugmentedOS.Engine.Tests.Api;

/// <summary>Queries as the official SDK asks and answers them.</summary>
public sealed class QueryWorkflowTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task Query_RightAfterASignal_SeesIt()
    {
        using var worker = Worker("query-signal");
        await worker.ExecuteAsync(async () =>
        {
            var handle = await StartAsync("query-signal");
            for (var count = 1; count <= 20; count++)
            {
                await handle.SignalAsync(workflow => workflow.IncreaseAsync());
                Assert.Equal(count, await handle.QueryAsync(workflow => workflow.Count));
            }
        });
    }

    [Fact]
    public async Task Query_WhenTheRunIsClosedAndTheWorkerIsNew_IsAnsweredFromHistory()
    {
        WorkflowHandle<CounterWorkflow> handle = null!;
        using (var first = Worker("query-closed"))
        {
            await first.ExecuteAsync(async () =>
            {
                handle = await StartAsync("query-closed");
                await handle.SignalAsync(workflow => workflow.IncreaseAsync());
                await handle.SignalAsync(workflow => workflow.FinishAsync());
                await handle.GetResultAsync();
            });
        }

        using var second = Worker("query-closed");
        await second.ExecuteAsync(async () =>
            Assert.Equal(1, await handle.QueryAsync(workflow => workflow.Count)));
        var rejected = await Assert.ThrowsAsync<WorkflowQueryRejectedException>(() => handle.QueryAsync(
            workflow => workflow.Count,
            new WorkflowQueryOptions { RejectCondition = QueryRejectCondition.NotOpen }));
        Assert.Equal(WorkflowExecutionStatus.Completed, rejected.WorkflowStatus);
    }

    [Fact]
    public async Task Query_WhenTheWorkflowDoesNotKnowIt_FailsInTheWorkersWords()
    {
        using var worker = Worker("query-unknown");
        await worker.ExecuteAsync(async () =>
        {
            var handle = await StartAsync("query-unknown");

            var failed = await Assert.ThrowsAsync<WorkflowQueryFailedException>(
                () => handle.QueryAsync<int>("no-such-query", []));

            Assert.Contains("no-such-query", failed.Message);
        });
    }

    private TemporalWorker Worker(string queue) =>
        new(engine.Client, new TemporalWorkerOptions(queue).AddWorkflow<CounterWorkflow>());

    private Task<WorkflowHandle<CounterWorkflow>> StartAsync(string queue) => engine.Client.StartWorkflowAsync(
        (CounterWorkflow workflow) => workflow.RunAsync(), new WorkflowOptions($"workflow-of-{queue}", queue));

    [Workflow]
    public sealed class CounterWorkflow
    {
        private bool _isFinished;

        [WorkflowQuery]
        public int Count { get; private set; }

        [WorkflowRun]
        public Task RunAsync() => Workflow.WaitConditionAsync(() => _isFinished);

        [WorkflowSignal]
        public Task IncreaseAsync()
        {
            Count++;
            return Task.CompletedTask;
        }

        [WorkflowSignal]
        public Task FinishAsync()
        {
            _isFinished = true;
            return Task.CompletedTask;
        }
    }
}
