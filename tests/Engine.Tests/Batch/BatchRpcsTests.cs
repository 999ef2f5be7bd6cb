using AugmentedOS.Engine.Tests.Api;
using Google.Protobuf;
using Grpc.Core;
using Temporalio.Api.Batch.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using static AugmentedOS.Engine.Tests.Batch.BatchCalls;

namespace AugmentedOS.Engine.Tests.Batch;

/// <summary>Batch operations on the wire.</summary>
public sealed class BatchRpcsTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private const string Missing = "must provide required parameters: BatchType,Reason,Namespace, AND one of "
        + "(Query OR Executions OR TargetExecutions)";

    public static TheoryData<IMessage, StatusCode, string> Refusals => new()
    {
        { Start(r => r.ClearOperation()), StatusCode.InvalidArgument, Missing },
        { Start(r => r.Reason = ""), StatusCode.InvalidArgument, Missing },
        { Start(r => r.VisibilityQuery = ""), StatusCode.InvalidArgument, Missing },
        { Start(r => r.JobId = ""), StatusCode.InvalidArgument, "JobId is not set on request." },
        {
            Start(r => r.Executions.Add(new WorkflowExecution())),
            StatusCode.InvalidArgument,
            "visibility query, executions, and target executions are mutually exclusive"
        },
        { Start(r => r.SignalOperation = new()), StatusCode.InvalidArgument, "must provide signal name" },
        { Start(r => r.UpdateWorkflowOptionsOperation = new()), StatusCode.InvalidArgument, "must provide UpdateOptions" },
        {
            Start(r => r.UpdateWorkflowOptionsOperation = new() { WorkflowExecutionOptions = new() }),
            StatusCode.InvalidArgument,
            "must provide UpdateMask"
        },
        { Start(r => r.ResetOperation = new() { Options = new() }), StatusCode.InvalidArgument, "batch reset missing target" },
        { Start(r => r.ResetOperation = new()), StatusCode.InvalidArgument, "unknown batch reset type Unspecified" },
        { Start(r => r.UnpauseActivitiesOperation = new()), StatusCode.InvalidArgument, "activity filter must be set" },
        {
            Start(r => r.ResetOperation = new() { Options = new() { FirstWorkflowTask = new(), ResetReapplyType = (ResetReapplyType)9 } }),
            StatusCode.InvalidArgument,
            "unknown reset reapply type: 9"
        },
        {
            Start(r => r.UnpauseActivitiesOperation = new() { Type = "" }),
            StatusCode.InvalidArgument,
            "Either activity type must be set, or match all should be set to true"
        },
        {
            Start(r => r.ResetActivitiesOperation = new() { MatchAll = false }),
            StatusCode.InvalidArgument,
            "Either activity type must be set, or match all should be set to true"
        },
        { Start(r => r.ResetActivitiesOperation = new()), StatusCode.InvalidArgument, "must provide ActivityType or MatchAll" },
        {
            Start(r => r.UpdateActivityOptionsOperation = new() { MatchAll = true, RestoreOriginal = true, ActivityOptions = new() }),
            StatusCode.InvalidArgument,
            "cannot set both activity options and restore original"
        },
        {
            Start(r => r.UpdateActivityOptionsOperation = new() { MatchAll = true }),
            StatusCode.InvalidArgument,
            "Either activity type must be set, or restore original should be set to true"
        },
        {
            Start(r => r.UpdateActivityOptionsOperation = new() { MatchAll = true, ActivityOptions = new() }),
            StatusCode.InvalidArgument,
            "UpdateMask is not provided"
        },
        {
            Start(r => r.UpdateActivityOptionsOperation = new() { RestoreOriginal = true }),
            StatusCode.InvalidArgument,
            "Either activity type must be set, or match all should be set to true"
        },
        {
            Start(r =>
            {
                r.VisibilityQuery = "";
                r.TargetExecutions.Add(new Execution { Type = ExecutionType.Workflow, BusinessId = "w" });
                r.DeleteActivitiesOperation = new();
            }),
            StatusCode.InvalidArgument,
            "target_executions[0] has type Workflow, but operation "
            + "*workflowservice.StartBatchOperationRequest_DeleteActivitiesOperation requires Activity"
        },
        {
            Start(r =>
            {
                r.VisibilityQuery = "";
                r.TargetExecutions.Add(new Execution { Type = ExecutionType.Workflow, BusinessId = "w" });
                r.TargetExecutions.Add(new Execution { Type = ExecutionType.Activity, BusinessId = "a" });
            }),
            StatusCode.InvalidArgument,
            "target_executions[1] has type Activity, but operation "
            + "*workflowservice.StartBatchOperationRequest_TerminationOperation requires Workflow"
        },
        {
            Start(r => r.UpdateWorkflowOptionsOperation = new()
            {
                WorkflowExecutionOptions = new() { TimeSkippingConfig = new() { FastForwardConfig = new() } },
                UpdateMask = new() { Paths = { "time_skipping_config" } },
            }),
            StatusCode.InvalidArgument,
            "Time skipping config invalid: fast_forward duration must be positive"
        },
        {
            Start(r => r.VisibilityQuery = "Nope = 1"),
            StatusCode.InvalidArgument,
            "invalid visibility query: invalid query: invalid expression: column name 'Nope' is not a valid search attribute"
        },
        {
            Start(r =>
            {
                r.VisibilityQuery = "";
                r.Executions.Add(Enumerable.Range(0, 1001).Select(i => new WorkflowExecution { WorkflowId = $"w{i}" }));
            }),
            StatusCode.InvalidArgument,
            "Workflow executions count exceeded."
        },
        { new DescribeBatchOperationRequest { Namespace = "default" }, StatusCode.InvalidArgument, "JobId is not set on request." },
        {
            new DescribeBatchOperationRequest { Namespace = "default", JobId = "no" },
            StatusCode.NotFound,
            "workflow not found for ID: no"
        },
        { new StopBatchOperationRequest { Namespace = "default", JobId = "no" }, StatusCode.InvalidArgument, "Reason is not set on request." },
        {
            new StopBatchOperationRequest { Namespace = "default", JobId = "no", Reason = "r" },
            StatusCode.NotFound,
            "workflow not found for ID: no"
        },
        { new ListBatchOperationsRequest(), StatusCode.InvalidArgument, "Namespace is not set on request." },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Request_WhenItIsWrong_IsRefusedWithAServersWords(IMessage request, StatusCode code, string text)
    {
        using var raw = new RawEngine(engine.Address);
        var refused = await raw.RefusedAsync(request);
        Assert.Equal((code, text), (refused.StatusCode, refused.Status.Detail));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Request_WhenBatchesAreSwitchedOff_IsDenied(IMessage request)
    {
        await using var own = await EngineFixture.StartAsync(static o => o.DynamicConfig["frontend.enableBatcher"] = "false");
        using var raw = new RawEngine(own.Address);
        var refused = await raw.RefusedAsync(request);
        Assert.Equal(
            (StatusCode.PermissionDenied, "Batch operation feature are disabled on this namespace."),
            (refused.StatusCode, refused.Status.Detail));
    }

    public static TheoryData<IMessage> Calls =>
    [
        Start(_ => { }),
        new DescribeBatchOperationRequest { Namespace = "default", JobId = "job" },
        new StopBatchOperationRequest { Namespace = "default", JobId = "job", Reason = "r" },
        new ListBatchOperationsRequest { Namespace = "default" },
    ];

    [Fact]
    public async Task Batch_WhenItSignals_SignalsEachRunOfItsQueryOnce()
    {
        await using var own = await EngineFixture.StartAsync(static _ => { });
        using var raw = new RawEngine(own.Address);
        var signalled = await StartAsync(raw, "mine", 12);
        var others = await StartAsync(raw, "other", 2);

        var done = await RunAsync(raw, r =>
        {
            r.VisibilityQuery = "WorkflowType = 'mine'";
            r.SignalOperation = new BatchOperationSignal { Signal = "go", Identity = "batcher" };
        });

        Assert.Equal((12L, 12L, 0L), (done.TotalOperationCount, done.CompleteOperationCount, done.FailureOperationCount));
        Assert.Equal((BatchOperationType.Signal, "batcher", "because"), (done.OperationType, done.Identity, done.Reason));
        foreach (var run in signalled)
        {
            Assert.Equal(1, await SignalsAsync(raw, run));
        }

        Assert.Equal(0, await SignalsAsync(raw, others[0]));
    }

    [Fact]
    public async Task Batch_WhenItTerminates_EndsOpenRunsOnly()
    {
        await using var own = await EngineFixture.StartAsync(static _ => { });
        using var raw = new RawEngine(own.Address);
        var runs = await StartAsync(raw, "mine", 3);
        await raw.CallAsync<TerminateWorkflowExecutionResponse>(
            new TerminateWorkflowExecutionRequest { Namespace = "default", WorkflowExecution = runs[0], Reason = "before" });

        var done = await RunAsync(raw, r => r.VisibilityQuery = "WorkflowType = 'mine'");

        Assert.Equal(2, done.CompleteOperationCount);
        var listed = await raw.CallAsync<ListBatchOperationsResponse>(new ListBatchOperationsRequest { Namespace = "default" });
        Assert.Equal(
            (done.JobId, BatchOperationState.Completed, BatchOperationType.Terminate),
            (listed.OperationInfo[0].JobId, listed.OperationInfo[0].State, listed.OperationInfo[0].OperationType));
        Assert.Equal(0, (await raw.CallAsync<CountWorkflowExecutionsResponse>(
            new CountWorkflowExecutionsRequest { Namespace = "default", Query = "ExecutionStatus = 'Running'" })).Count);
    }

    [Fact]
    public async Task Batch_WhenRunsAreNamed_TakesThoseAndWhatIsGoneCountsAsDone()
    {
        await using var own = await EngineFixture.StartAsync(static _ => { });
        using var raw = new RawEngine(own.Address);
        var runs = await StartAsync(raw, "mine", 3);

        var done = await RunAsync(raw, r =>
        {
            r.VisibilityQuery = "";
            r.Executions.Add(runs[0]);
            r.Executions.Add(new WorkflowExecution { WorkflowId = "nobody" });
            r.DeletionOperation = new BatchOperationDeletion();
        });

        Assert.Equal((2L, 2L), (done.TotalOperationCount, done.CompleteOperationCount));
        Assert.Equal(StatusCode.NotFound, (await raw.RefusedAsync(
            new DescribeWorkflowExecutionRequest { Namespace = "default", Execution = runs[0] })).StatusCode);
        Assert.Equal(2, (await raw.CallAsync<CountWorkflowExecutionsResponse>(
            new CountWorkflowExecutionsRequest { Namespace = "default" })).Count);
    }

    [Fact]
    public async Task Batch_WhenStopped_IsFailedAndMakesRoomForAnother()
    {
        await using var own = await EngineFixture.StartAsync(static _ => { });
        using var raw = new RawEngine(own.Address);
        await StartAsync(raw, "mine", 30);
        var slow = Start(r =>
        {
            r.JobId = "slow";
            r.MaxOperationsPerSecond = 1;
        });
        await raw.CallAsync<StartBatchOperationResponse>(slow);
        var refused = await raw.RefusedAsync(Start(r => r.JobId = "another"));
        Assert.Equal((StatusCode.ResourceExhausted, "Max concurrent batch operations is reached"), (refused.StatusCode, refused.Status.Detail));

        await raw.CallAsync<StopBatchOperationResponse>(
            new StopBatchOperationRequest { Namespace = "default", JobId = "slow", Reason = "enough" });

        var stopped = await DescribeAsync(raw, "slow");
        Assert.Equal(BatchOperationState.Failed, stopped.State);
        Assert.True(stopped.CompleteOperationCount < 30);
        Assert.Equal(StatusCode.AlreadyExists, (await raw.RefusedAsync(slow)).StatusCode);
        await RunAsync(raw, r => r.JobId = "another");
    }

    private static async Task<List<WorkflowExecution>> StartAsync(RawEngine raw, string type, int count)
    {
        var runs = new List<WorkflowExecution>();
        for (var i = 0; i < count; i++)
        {
            var id = $"{type}-{i}";
            var started = await raw.CallAsync<StartWorkflowExecutionResponse>(new StartWorkflowExecutionRequest
            {
                Namespace = "default",
                WorkflowId = id,
                WorkflowType = new WorkflowType { Name = type },
                TaskQueue = new() { Name = "nobody" },
                RequestId = id,
            });
            runs.Add(new WorkflowExecution { WorkflowId = id, RunId = started.RunId });
        }

        return runs;
    }

    private static async Task<int> SignalsAsync(RawEngine raw, WorkflowExecution run) =>
        (await raw.CallAsync<GetWorkflowExecutionHistoryResponse>(
            new GetWorkflowExecutionHistoryRequest { Namespace = "default", Execution = run }))
        .History.Events.Count(e => e.EventType == EventType.WorkflowExecutionSignaled);
}
