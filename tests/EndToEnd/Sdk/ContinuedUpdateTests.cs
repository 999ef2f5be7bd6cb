using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.EndToEnd.Sdk;

/// <summary>Updates that are under way when their workflow continues as new.</summary>
public sealed class ContinuedUpdateTests(SdkEngine engine)
{
    private readonly Gate _gate = new();

    [Fact]
    public async Task Update_WhenItCameDuringTheLastTask_IsDoneByTheNextRun() => await WithWorkerAsync(async handle =>
    {
        await handle.SignalAsync(rolling => rolling.RollAsync());
        await _gate.Entered.Task;
        var result = handle.ExecuteUpdateAsync(rolling => rolling.AddAsync(5), new("late"));
        await UpdateTests.UntilAdmittedAsync(handle, "late");
        _gate.Opened.TrySetResult();

        Assert.Equal(5, await result);
        var first = engine.Client.GetWorkflowHandle(handle.Id, handle.FirstExecutionRunId);
        var last = (await SdkEngine.DescribeRawAsync(handle)).WorkflowExecutionInfo;
        Assert.Equal(
            (WorkflowExecutionStatus.ContinuedAsNew, handle.FirstExecutionRunId),
            ((await first.DescribeAsync()).Status, last.FirstRunId));
        Assert.DoesNotContain(EventType.WorkflowExecutionUpdateAccepted, await SdkEngine.EventTypesAsync(first));
        Assert.Contains(EventType.WorkflowExecutionUpdateAccepted, await SdkEngine.EventTypesAsync(handle));
    });

    [Fact]
    public async Task Update_WhenItWasAcceptedAndIsUnfinished_HasFailed() => await WithWorkerAsync(async handle =>
    {
        var update = await handle.StartUpdateAsync(
            rolling => rolling.AddNeverAsync(), new(WorkflowUpdateStage.Accepted));
        _gate.Opened.TrySetResult();
        await handle.SignalAsync(rolling => rolling.RollAsync());

        var failed = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => update.GetResultAsync());

        Assert.Equal(
            "AcceptedUpdateCompletedWorkflow",
            Assert.IsType<ApplicationFailureException>(failed.InnerException).ErrorType);
    });

    [Fact]
    public async Task Update_WhenItIsDoneInTheLastTask_HasItsResult() => await WithWorkerAsync(async handle =>
    {
        _gate.Opened.TrySetResult();

        Assert.Equal(7, await handle.ExecuteUpdateAsync(rolling => rolling.AddAndRollAsync(7)));

        while ((await SdkEngine.DescribeRawAsync(handle)).WorkflowExecutionInfo.Execution.RunId
            == handle.FirstExecutionRunId)
        {
            await Task.Delay(20);
        }

        Assert.Equal(10, await handle.ExecuteUpdateAsync(rolling => rolling.AddAsync(3)));
    });

    private Task WithWorkerAsync(Func<WorkflowHandle<RollingWorkflow>, Task> body) => engine.WithWorkerAsync(
        options => options.AddWorkflow<RollingWorkflow>().AddAllActivities(_gate),
        async queue =>
        {
            var handle = await engine.Client.StartWorkflowAsync(
                (RollingWorkflow rolling) => rolling.RunAsync(0), new(SdkEngine.NewName("rolling"), queue));
            await body(handle);
            await handle.TerminateAsync();
        });

    /// <summary>Adds up, and continues as new when told to: from a task that lasts until a gate opens.</summary>
    [Workflow]
    public sealed class RollingWorkflow
    {
        private int _sum;
        private bool _rolls;

        [WorkflowInit]
        public RollingWorkflow(int carried) => _sum = carried;

        [WorkflowRun]
        public async Task RunAsync(int carried)
        {
            await Workflow.WaitConditionAsync(() => _rolls);
            await Workflow.ExecuteLocalActivityAsync(
                (Gate gate) => gate.PassAsync(), new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) });
            throw Workflow.CreateContinueAsNewException((RollingWorkflow rolling) => rolling.RunAsync(_sum));
        }

        [WorkflowSignal]
        public Task RollAsync()
        {
            _rolls = true;
            return Task.CompletedTask;
        }

        [WorkflowUpdate]
        public Task<int> AddAsync(int amount) => Task.FromResult(_sum += amount);

        [WorkflowUpdate]
        public Task<int> AddAndRollAsync(int amount)
        {
            _rolls = true;
            return AddAsync(amount);
        }

        [WorkflowUpdate(UnfinishedPolicy = HandlerUnfinishedPolicy.Abandon)]
        public async Task AddNeverAsync() => await Workflow.WaitConditionAsync(() => false);
    }

    /// <summary>Holds a workflow task up.</summary>
    public sealed class Gate
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        [Activity]
        public Task PassAsync()
        {
            Entered.TrySetResult();
            return Opened.Task;
        }
    }
}
