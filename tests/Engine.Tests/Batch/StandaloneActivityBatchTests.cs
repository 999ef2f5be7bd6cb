using AugmentedOS.Engine.Tests.Api;
using AugmentedOS.Engine.Tests.Api.Activities;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using static AugmentedOS.Engine.Tests.Batch.BatchCalls;

namespace AugmentedOS.Engine.Tests.Batch;

/// <summary>Batch operations on activities that no workflow scheduled.</summary>
public sealed class StandaloneActivityBatchTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task Terminate_OfAQuery_EndsOpenActivitiesAndNoWorkflowOfTheirName()
    {
        using var raw = new RawEngine(engine.Address);
        var type = $"type-{Guid.NewGuid():N}";
        var (first, second) = (await StartAsync(raw, type), await StartAsync(raw, type));
        await raw.CallAsync<StartWorkflowExecutionResponse>(new StartWorkflowExecutionRequest
        {
            Namespace = "default",
            WorkflowId = first.Id,
            WorkflowType = new WorkflowType { Name = "w" },
            TaskQueue = new() { Name = "nobody" },
            RequestId = first.Id,
        });

        var done = await RunAsync(raw, r =>
        {
            r.VisibilityQuery = $"ActivityType = '{type}'";
            r.TerminateActivitiesOperation = new() { Identity = "operator", Reason = "enough" };
        });

        Assert.Equal((BatchOperationType.TerminateActivity, "operator"), (done.OperationType, done.Identity));
        Assert.Equal((2L, 2L, 0L), (done.TotalOperationCount, done.CompleteOperationCount, done.FailureOperationCount));
        Assert.Equal(ActivityExecutionStatus.Terminated, await StatusAsync(raw, first));
        Assert.Equal(ActivityExecutionStatus.Terminated, await StatusAsync(raw, second));
        var workflow = await raw.CallAsync<DescribeWorkflowExecutionResponse>(new DescribeWorkflowExecutionRequest
        {
            Namespace = "default",
            Execution = new() { WorkflowId = first.Id },
        });
        Assert.Equal(WorkflowExecutionStatus.Running, workflow.WorkflowExecutionInfo.Status);
    }

    [Fact]
    public async Task Cancel_OfNamedActivities_EndsWhatNobodyWorksOnAndFailsForWhatIsOver()
    {
        using var raw = new RawEngine(engine.Address);
        var (waiting, over) = (await StartAsync(raw, "a"), await StartAsync(raw, "a"));
        await over.CompleteAsync(await over.TakeAsync());

        var done = await RunAsync(raw, r =>
        {
            r.VisibilityQuery = "";
            r.TargetExecutions.Add(new[] { waiting.Id, over.Id, "nobody" }.Select(
                id => new Execution { Type = ExecutionType.Activity, BusinessId = id }));
            r.CancelActivitiesOperation = new() { Reason = "enough" };
        });

        Assert.Equal((2L, 1L), (done.CompleteOperationCount, done.FailureOperationCount));
        Assert.Equal(ActivityExecutionStatus.Canceled, await StatusAsync(raw, waiting));
        Assert.All(done.Executions, execution => Assert.Equal(ExecutionType.Activity, execution.Type));
    }

    [Fact]
    public async Task Delete_TakesOpenAndClosedOnes()
    {
        using var raw = new RawEngine(engine.Address);
        var type = $"type-{Guid.NewGuid():N}";
        var (open, over) = (await StartAsync(raw, type), await StartAsync(raw, type));
        await over.CompleteAsync(await over.TakeAsync());

        var done = await RunAsync(raw, r =>
        {
            r.VisibilityQuery = $"ActivityType = '{type}'";
            r.DeleteActivitiesOperation = new();
        });

        Assert.Equal(2, done.CompleteOperationCount);
        foreach (var gone in new[] { open, over })
        {
            Assert.Equal(StatusCode.NotFound, (await raw.RefusedAsync(gone.NewDescribe())).StatusCode);
        }
    }

    [Theory]
    [InlineData("activity.enableStandalone")]
    [InlineData("frontend.enableBatchOperationsForStandaloneActivities")]
    public async Task Start_WhenSwitchedOff_IsRefusedInAServersWords(string key)
    {
        await using var own = await EngineFixture.StartAsync(o => o.DynamicConfig[key] = "false");
        using var raw = new RawEngine(own.Address);
        var refused = await raw.RefusedAsync(Start(r => r.CancelActivitiesOperation = new()));
        Assert.Equal(
            (StatusCode.InvalidArgument, "The operation type *workflowservice.StartBatchOperationRequest_CancelActivitiesOperation "
                + "is not supported for this namespace"),
            (refused.StatusCode, refused.Status.Detail));
    }

    private static async Task<ActivityClient> StartAsync(RawEngine raw, string type)
    {
        var activity = new ActivityClient(raw);
        await activity.StartAsync(r => r.ActivityType.Name = type);
        return activity;
    }

    private static async Task<ActivityExecutionStatus> StatusAsync(RawEngine raw, ActivityClient activity) =>
        (await raw.CallAsync<DescribeActivityExecutionResponse>(activity.NewDescribe())).Info.Status;
}
