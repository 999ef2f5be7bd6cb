using AugmentedOS.Engine.Tests.Executions.Updates;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using Operation = Temporalio.Api.WorkflowService.V1.ExecuteMultiOperationRequest.Types.Operation;

namespace AugmentedOS.Engine.Tests.Api;

/// <summary>Updates on the wire.</summary>
public sealed class UpdateRpcsTests(EngineFixture engine) : IClassFixture<EngineFixture>, IDisposable
{
    private readonly RawEngine _raw = new(engine.Address);

    public void Dispose() => _raw.Dispose();

    [Theory]
    [InlineData("meta", "Update meta is not set on request.")]
    [InlineData("id", "UpdateId length exceeds limit.")]
    [InlineData("input", "Update input is not set on request.")]
    [InlineData("name", "Update name is not set on request.")]
    [InlineData("workflow", "WorkflowId is not set on request.")]
    [InlineData("run", "Invalid RunId.")]
    public async Task Update_WhenSomethingIsWrong_IsRefused(string what, string text)
    {
        var request = Update("nothing");
        Action spoil = what switch
        {
            "meta" => () => request.Request.Meta = null,
            "id" => () => request.Request.Meta.UpdateId = new string('x', 1001),
            "input" => () => request.Request.Input = null,
            "name" => () => request.Request.Input.Name = "",
            "workflow" => () => request.WorkflowExecution.WorkflowId = "",
            _ => () => request.WorkflowExecution.RunId = "no run",
        };
        spoil();

        var refused = await _raw.RefusedAsync(request);

        Assert.Equal((StatusCode.InvalidArgument, text), (refused.StatusCode, refused.Status.Detail));
    }

    [Fact]
    public async Task Update_WhenItShallOnlyBeAdmitted_IsRefused()
    {
        var request = Update("nothing");
        request.WaitPolicy = new WaitPolicy { LifecycleStage = UpdateWorkflowExecutionLifecycleStage.Admitted };

        var refused = await _raw.RefusedAsync(request);

        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
        Assert.Equal(
            "UpdateWorkflowExecution issued asynchronously and waiting on update admitted is not supported.",
            refused.Status.Detail);
    }

    [Fact]
    public async Task Update_WhenItIsDone_SaysWhereAndHow()
    {
        var run = await StartAsync("done", "done");
        var updating = _raw.CallAsync<UpdateWorkflowExecutionResponse>(Update("done", id: ""));
        await AnswerAsync("done", task => [UpdateSteps.Accepted(task), UpdateSteps.Completed(task)]);

        var updated = await updating;

        Assert.Equal(UpdateWorkflowExecutionLifecycleStage.Completed, updated.Stage);
        Assert.NotNull(updated.Outcome.Success);
        Assert.Equal(run, updated.UpdateRef.WorkflowExecution.RunId);
        Assert.True(Guid.TryParse(updated.UpdateRef.UpdateId, out _));
        Assert.Equal(
            EventType.WorkflowExecutionUpdateAccepted, updated.Link.WorkflowEvent.RequestIdRef.EventType);
        var polled = await PollAsync("done", updated.UpdateRef.UpdateId, UpdateWorkflowExecutionLifecycleStage.Completed);
        Assert.Equal((updated.Outcome, updated.Stage, updated.UpdateRef), (polled.Outcome, polled.Stage, polled.UpdateRef));
    }

    [Fact]
    public async Task Update_WhenNobodyAnswersInTime_SaysHowFarItIs()
    {
        await using var impatient = await EngineFixture.StartAsync(options =>
            options.DynamicConfig["history.longPollExpirationInterval"] = "0.2s");
        using var raw = new RawEngine(impatient.Address);
        await raw.CallAsync<StartWorkflowExecutionResponse>(Start("slow", "slow"));

        var updated = await raw.CallAsync<UpdateWorkflowExecutionResponse>(Update("slow"));

        Assert.Equal(UpdateWorkflowExecutionLifecycleStage.Admitted, updated.Stage);
        Assert.Null(updated.Outcome);
    }

    [Fact]
    public async Task Poll_WhenSomethingIsWrong_IsRefused()
    {
        await StartAsync("polled", "polled");

        var missing = await _raw.RefusedAsync(new PollWorkflowExecutionUpdateRequest { Namespace = "default" });
        var unknown = await _raw.RefusedAsync(Poll("polled", "no such update"));

        Assert.Equal(
            (StatusCode.InvalidArgument, "UpdateRef is not set on request."), (missing.StatusCode, missing.Status.Detail));
        Assert.Equal(
            (StatusCode.NotFound, "update \"no such update\" not found"), (unknown.StatusCode, unknown.Status.Detail));
    }

    [Fact]
    public async Task History_WhenATaskIsSpeculative_ShowsItToItsWorkerAlone()
    {
        await StartAsync("secret", "secret");
        await AnswerAsync("secret", _ => []);
        var updating = _raw.CallAsync<UpdateWorkflowExecutionResponse>(Update("secret"));
        var task = await PollTaskAsync("secret");

        Assert.Equal([1, 2, 3, 4, 5, 6], task.History.Events.Select(e => e.EventId));
        Assert.Equal(4, (await HistoryAsync("secret")).Count);
        Assert.Equal(5, Assert.Single(task.Messages).EventId);
        var completed = await CompleteAsync(task, UpdateSteps.Rejected("u"));
        Assert.Equal(3, completed.ResetHistoryEventId);
        Assert.Equal("no", (await updating).Outcome.Failure.Message);
        Assert.Equal(4, (await HistoryAsync("secret")).Count);
        var gone = await _raw.RefusedAsync(Poll("secret", "u"));
        Assert.Equal(StatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task UpdateWithStart_WhenNothingRuns_StartsAndUpdates()
    {
        var request = UpdateWithStart("with-start");
        var calling = _raw.CallAsync<ExecuteMultiOperationResponse>(request);
        await AnswerAsync("with-start", task => [UpdateSteps.Accepted(task), UpdateSteps.Completed(task)]);

        var called = await calling;

        Assert.True(called.Responses[0].StartWorkflow.Started);
        Assert.Equal(
            called.Responses[0].StartWorkflow.RunId,
            called.Responses[1].UpdateWorkflow.UpdateRef.WorkflowExecution.RunId);
        Assert.NotNull(called.Responses[1].UpdateWorkflow.Outcome.Success);
    }

    [Theory]
    [InlineData("cron", 0, "CronSchedule is not allowed.")]
    [InlineData("eager", 0, "RequestEagerExecution is not supported.")]
    [InlineData("delay", 0, "WorkflowStartDelay is not supported.")]
    [InlineData("start namespace", 0, "Operation namespace did not match request's namespace.")]
    [InlineData("update namespace", 1, "Operation namespace did not match request's namespace.")]
    [InlineData("first run", 1, "FirstExecutionRunId is not allowed.")]
    [InlineData("run", 1, "RunId is not allowed.")]
    [InlineData("workflow", 1, "WorkflowId is not consistent with previous operation(s).")]
    public async Task UpdateWithStart_WhenAnOperationIsWrong_SaysWhich(string what, int index, string text)
    {
        var request = UpdateWithStart("wrong");
        var (start, update) = (request.Operations[0].StartWorkflow, request.Operations[1].UpdateWorkflow);
        Action spoil = what switch
        {
            "cron" => () => start.CronSchedule = "* * * * *",
            "eager" => () => start.RequestEagerExecution = true,
            "delay" => () => start.WorkflowStartDelay = TimeSpan.FromSeconds(1).ToProto(),
            "start namespace" => () => start.Namespace = "another",
            "update namespace" => () => update.Namespace = "another",
            "first run" => () => update.FirstExecutionRunId = Guid.NewGuid().ToString(),
            "run" => () => update.WorkflowExecution.RunId = Guid.NewGuid().ToString(),
            _ => () => update.WorkflowExecution.WorkflowId = "another",
        };
        spoil();

        var refused = await _raw.RefusedAsync(request);

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Equal("Update-with-Start could not be executed.", refused.Status.Detail);
        var status = Google.Rpc.Status.Parser.ParseFrom(refused.Trailers.GetValueBytes("grpc-status-details-bin"));
        var statuses = Assert.Single(status.Details).Unpack<MultiOperationExecutionFailure>().Statuses;
        Assert.Equal((text, (int)StatusCode.InvalidArgument), (statuses[index].Message, statuses[index].Code));
        Assert.Equal("Operation was aborted.", statuses[1 - index].Message);
    }

    [Fact]
    public async Task UpdateWithStart_WhenTheOperationsAreOthers_IsRefused()
    {
        var request = UpdateWithStart("others");
        request.Operations.RemoveAt(1);

        var refused = await _raw.RefusedAsync(request);

        Assert.Equal(
            (StatusCode.InvalidArgument, "Operations have to be exactly [Start, Update]."),
            (refused.StatusCode, refused.Status.Detail));
    }

    private static StartWorkflowExecutionRequest Start(string workflowId, string queue) => new()
    {
        Namespace = "default",
        WorkflowId = workflowId,
        WorkflowType = new WorkflowType { Name = "Workflow" },
        TaskQueue = new TaskQueue { Name = queue },
        RequestId = Guid.NewGuid().ToString(),
    };

    private static UpdateWorkflowExecutionRequest Update(string workflowId, string id = "u") => new()
    {
        Namespace = "default",
        WorkflowExecution = new WorkflowExecution { WorkflowId = workflowId },
        Request = UpdateSteps.RequestOf(id),
    };

    private static PollWorkflowExecutionUpdateRequest Poll(string workflowId, string id) => new()
    {
        Namespace = "default",
        UpdateRef = new UpdateRef { WorkflowExecution = new() { WorkflowId = workflowId }, UpdateId = id },
    };

    private static ExecuteMultiOperationRequest UpdateWithStart(string workflowId) => new()
    {
        Namespace = "default",
        Operations =
        {
            new Operation { StartWorkflow = Start(workflowId, workflowId) },
            new Operation { UpdateWorkflow = Update(workflowId) },
        },
    };

    private async Task<string> StartAsync(string workflowId, string queue) =>
        (await _raw.CallAsync<StartWorkflowExecutionResponse>(Start(workflowId, queue))).RunId;

    private Task<PollWorkflowExecutionUpdateResponse> PollAsync(
        string workflowId, string id, UpdateWorkflowExecutionLifecycleStage stage)
    {
        var request = Poll(workflowId, id);
        request.WaitPolicy = new WaitPolicy { LifecycleStage = stage };
        return _raw.CallAsync<PollWorkflowExecutionUpdateResponse>(request);
    }

    private Task<PollWorkflowTaskQueueResponse> PollTaskAsync(string queue) =>
        _raw.CallAsync<PollWorkflowTaskQueueResponse>(new PollWorkflowTaskQueueRequest
        {
            Namespace = "default",
            TaskQueue = new TaskQueue { Name = queue },
        });

    private Task<RespondWorkflowTaskCompletedResponse> CompleteAsync(
        PollWorkflowTaskQueueResponse task, params Temporalio.Api.Protocol.V1.Message[] messages) =>
        _raw.CallAsync<RespondWorkflowTaskCompletedResponse>(new RespondWorkflowTaskCompletedRequest
        {
            Namespace = "default",
            TaskToken = task.TaskToken,
            Messages = { messages },
        });

    /// <summary>Answers tasks until one brings an update, or the first when nothing is to be said.</summary>
    private async Task AnswerAsync(string queue, Func<string, Temporalio.Api.Protocol.V1.Message[]> answer)
    {
        while (true)
        {
            var task = await PollTaskAsync(queue);
            if (task.Messages.Count > 0 || answer("").Length == 0)
            {
                await CompleteAsync(task, [.. task.Messages.SelectMany(m => answer(m.ProtocolInstanceId))]);
                return;
            }

            await CompleteAsync(task);
        }
    }

    private async Task<IReadOnlyList<Temporalio.Api.History.V1.HistoryEvent>> HistoryAsync(string workflowId) =>
        (await _raw.CallAsync<GetWorkflowExecutionHistoryResponse>(new GetWorkflowExecutionHistoryRequest
        {
            Namespace = "default",
            Execution = new() { WorkflowId = workflowId },
        })).History.Events;
}
