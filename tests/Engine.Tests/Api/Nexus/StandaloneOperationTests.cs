using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Nexus.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Api.Nexus;

/// <summary>Nexus operations without a workflow, as clients use them.</summary>
public sealed class StandaloneOperationTests(NexusEngine engine) : IClassFixture<NexusEngine>
{
    private static readonly string TooLong = new('x', 1001);

    private readonly string _queue = NexusEngine.NewName("queue");
    private readonly string _id = NexusEngine.NewName("operation");

    [Fact]
    public async Task Operation_WhenItsHandlerAnswersAtOnce_HasItsResult()
    {
        var run = await StartAsync();
        var task = await engine.PollAsync(_queue);
        var link = Assert.Single(task.Request.StartOperation.Links);
        await engine.CompleteAsync(task, Result("\"done\""));

        var polled = await PollAsync(NexusOperationWaitStage.Closed);
        var described = await DescribeAsync();

        Assert.Equal($"temporal:///namespaces/default/nexus-operations/{_id}/{run}/details", link.Url);
        Assert.Equal((run, NexusOperationWaitStage.Closed), (polled.RunId, polled.WaitStage));
        Assert.Equal("\"done\"", polled.Result.Data.ToStringUtf8());
        Assert.Equal(NexusOperationExecutionStatus.Completed, described.Info.Status);
        Assert.Equal(PendingNexusOperationState.Unspecified, described.Info.State);
        Assert.Equal(1, described.Info.Attempt);
        Assert.NotNull(described.Info.CloseTime);
        Assert.Equal("\"done\"", described.Result.Data.ToStringUtf8());
        Assert.Equal("\"input\"", described.Input.Data.ToStringUtf8());
    }

    [Fact]
    public async Task Operation_WhenItGoesOn_IsShownWithItsToken()
    {
        await StartAsync();
        await engine.CompleteAsync(await engine.PollAsync(_queue), Begun("token"));

        var polled = await PollAsync(NexusOperationWaitStage.Started);
        var described = await DescribeAsync();

        Assert.Equal((NexusOperationWaitStage.Started, "token"), (polled.WaitStage, polled.OperationToken));
        Assert.Equal(NexusOperationExecutionStatus.Running, described.Info.Status);
        Assert.Equal(PendingNexusOperationState.Started, described.Info.State);
        Assert.Equal("token", described.Info.OperationToken);
        Assert.Equal("client", described.Info.Identity);
        Assert.Equal(("operation", "service"), (described.Info.Operation, described.Info.Service));
        Assert.Null(described.Result);
    }

    [Fact]
    public async Task Operation_WhenItsHandlerRefusesIt_HasFailedWithWhatItSaid()
    {
        await StartAsync();
        await engine.CompleteAsync(await engine.PollAsync(_queue), new StartOperationResponse
        {
            Failure = new Temporalio.Api.Failure.V1.Failure
            {
                Message = "no",
                ApplicationFailureInfo = new ApplicationFailureInfo { Type = "Sad", NonRetryable = true },
            },
        });

        var polled = await PollAsync(NexusOperationWaitStage.Closed);

        Assert.Equal("no", polled.Failure.Message);
        Assert.Equal("Sad", polled.Failure.ApplicationFailureInfo.Type);
        Assert.Equal(NexusOperationExecutionStatus.Failed, (await DescribeAsync()).Info.Status);
    }

    [Fact]
    public async Task Operation_WhenItTakesTooLong_HasTimedOut()
    {
        await StartAsync(request => request.ScheduleToStartTimeout = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(200)));

        var polled = await PollAsync(NexusOperationWaitStage.Closed);

        Assert.Equal(TimeoutType.ScheduleToStart, polled.Failure.TimeoutFailureInfo.TimeoutType);
        Assert.Equal(NexusOperationExecutionStatus.TimedOut, (await DescribeAsync()).Info.Status);
    }

    [Fact]
    public async Task Start_WhenTheIdServesAnother_FollowsThePolicy()
    {
        var run = await StartAsync(request => request.RequestId = "first");

        var again = await engine.Raw.CallAsync<StartNexusOperationExecutionResponse>(
            await NewStartAsync(request => request.RequestId = "first"));
        var found = await engine.Raw.CallAsync<StartNexusOperationExecutionResponse>(
            await NewStartAsync(request => request.IdConflictPolicy = NexusOperationIdConflictPolicy.UseExisting));
        await RefusedAsync(
            await NewStartAsync(),
            StatusCode.AlreadyExists,
            $"nexus operation execution already started: request_id=first, run_id={run}");

        Assert.Equal((run, false), (again.RunId, again.Started));
        Assert.Equal((run, false), (found.RunId, found.Started));
    }

    [Fact]
    public async Task Start_WhenTheIdServedOneThatEnded_FollowsTheReusePolicy()
    {
        var first = await StartAsync();
        await engine.CompleteAsync(await engine.PollAsync(_queue), Result("1"));
        await PollAsync(NexusOperationWaitStage.Closed);

        var failedOnly = await engine.Raw.RefusedAsync(await NewStartAsync(
            request => request.IdReusePolicy = NexusOperationIdReusePolicy.AllowDuplicateFailedOnly));
        var reject = await engine.Raw.RefusedAsync(await NewStartAsync(
            request => request.IdReusePolicy = NexusOperationIdReusePolicy.RejectDuplicate));

        Assert.Equal(StatusCode.AlreadyExists, failedOnly.StatusCode);
        Assert.Equal(StatusCode.AlreadyExists, reject.StatusCode);
        Assert.NotEqual(first, await StartAsync());
    }

    [Fact]
    public async Task Cancel_WhenRepeated_IsDoneOnce()
    {
        await StartAsync();
        await engine.CompleteAsync(await engine.PollAsync(_queue), Begun("token"));
        await PollAsync(NexusOperationWaitStage.Started);
        var cancel = new RequestCancelNexusOperationExecutionRequest
        {
            Namespace = "default",
            OperationId = _id,
            RequestId = "one",
            Reason = "enough",
        };

        await engine.Raw.CallAsync<RequestCancelNexusOperationExecutionResponse>(cancel);
        await engine.Raw.CallAsync<RequestCancelNexusOperationExecutionResponse>(cancel);
        var task = await engine.PollAsync(_queue);
        cancel.RequestId = "two";
        await RefusedAsync(
            cancel, StatusCode.FailedPrecondition, "cancellation already requested with request ID one");

        Assert.Equal("token", task.Request.CancelOperation.OperationToken);
        Assert.Equal("enough", (await DescribeAsync()).Info.CancellationInfo.Reason);
    }

    [Fact]
    public async Task Terminate_WhenItRuns_EndsItWithTheReason()
    {
        await StartAsync();
        var terminate = new TerminateNexusOperationExecutionRequest
        {
            Namespace = "default",
            OperationId = _id,
            RequestId = "one",
            Reason = "enough",
            Identity = "operator",
        };

        await engine.Raw.CallAsync<TerminateNexusOperationExecutionResponse>(terminate);
        await engine.Raw.CallAsync<TerminateNexusOperationExecutionResponse>(terminate);
        terminate.RequestId = "two";
        await RefusedAsync(
            terminate, StatusCode.FailedPrecondition, "already terminated with request ID one");
        await RefusedAsync(
            new RequestCancelNexusOperationExecutionRequest { Namespace = "default", OperationId = _id },
            StatusCode.FailedPrecondition,
            "operation already completed");

        var polled = await PollAsync(NexusOperationWaitStage.Closed);
        Assert.Equal("enough", polled.Failure.Message);
        Assert.Equal("operator", polled.Failure.TerminatedFailureInfo.Identity);
        Assert.Equal(NexusOperationExecutionStatus.Terminated, (await DescribeAsync()).Info.Status);
    }

    [Fact]
    public async Task Describe_WithAToken_WaitsForWhatComes()
    {
        var run = await StartAsync();
        var seen = await DescribeAsync();

        var waiting = engine.Raw.CallAsync<DescribeNexusOperationExecutionResponse>(
            new DescribeNexusOperationExecutionRequest
            {
                Namespace = "default",
                OperationId = _id,
                RunId = run,
                LongPollToken = seen.LongPollToken,
            });
        await engine.CompleteAsync(await engine.PollAsync(_queue), Result("1"));

        Assert.Equal(NexusOperationExecutionStatus.Completed, (await waiting).Info.Status);
        await RefusedAsync(
            new DescribeNexusOperationExecutionRequest
            {
                Namespace = "default",
                OperationId = _id,
                LongPollToken = seen.LongPollToken,
            },
            StatusCode.InvalidArgument,
            "run_id is required when long_poll_token is provided");
    }

    [Fact]
    public async Task List_WhenAsked_FindsOperationsAndNoWorkflowListDoes()
    {
        var run = await StartAsync();
        var requestId = (await DescribeAsync()).Info.RequestId;
        var query = $"OperationId = '{_id}' AND Service = 'service' AND RequestId = '{requestId}'";

        var listed = await engine.Raw.CallAsync<ListNexusOperationExecutionsResponse>(
            new ListNexusOperationExecutionsRequest { Namespace = "default", Query = query });
        var counted = await engine.Raw.CallAsync<CountNexusOperationExecutionsResponse>(
            new CountNexusOperationExecutionsRequest { Namespace = "default", Query = query });
        var workflows = await engine.Raw.CallAsync<ListWorkflowExecutionsResponse>(
            new ListWorkflowExecutionsRequest { Namespace = "default", Query = $"WorkflowId = '{_id}'" });

        var found = Assert.Single(listed.Operations);
        Assert.Equal((_id, run, "operation"), (found.OperationId, found.RunId, found.Operation));
        Assert.Equal(NexusOperationExecutionStatus.Running, found.Status);
        Assert.Equal(1, counted.Count);
        Assert.Empty(workflows.Executions);
    }

    [Fact]
    public async Task Delete_WhenItRuns_RemovesIt()
    {
        await StartAsync();

        await engine.Raw.CallAsync<DeleteNexusOperationExecutionResponse>(
            new DeleteNexusOperationExecutionRequest { Namespace = "default", OperationId = _id });

        await RefusedAsync(
            new DescribeNexusOperationExecutionRequest { Namespace = "default", OperationId = _id },
            StatusCode.NotFound,
            $"operation not found for ID: {_id}");
    }

    [Fact]
    public async Task Start_WhenItIsNotInOrder_SaysWhy()
    {
        await RefusedStartAsync(request => request.OperationId = "", "operation_id is required");
        await RefusedStartAsync(request => request.Endpoint = "", "endpoint is required");
        await RefusedStartAsync(request => request.Service = "", "service is required");
        await RefusedStartAsync(request => request.Operation = "", "operation is required");
        await RefusedStartAsync(
            request => request.RequestId = TooLong, "request_id exceeds length limit. Length=1001 Limit=1000");
        await RefusedStartAsync(
            request => request.OperationId = TooLong, "operation_id exceeds length limit. Length=1001 Limit=1000");
        await RefusedStartAsync(
            request => request.Identity = TooLong, "identity exceeds length limit. Length=1001 Limit=1000");
        await RefusedStartAsync(
            request => request.Service = TooLong, "service exceeds length limit. Length=1001 Limit=1000");
        await RefusedStartAsync(
            request => request.Operation = TooLong, "operation exceeds length limit. Length=1001 Limit=1000");
        await RefusedStartAsync(
            request => request.ScheduleToStartTimeout = new Duration { Seconds = -1 },
            "schedule_to_start_timeout is invalid: negative duration");
        await RefusedStartAsync(
            request => request.NexusHeader["Request-Timeout"] = "x",
            "nexus_header contains a disallowed key: \"Request-Timeout\"");
        await RefusedAsync(
            await NewStartAsync(request => request.Endpoint = "nowhere"),
            StatusCode.NotFound,
            "could not find Nexus endpoint by name: nowhere");
    }

    [Fact]
    public async Task Requests_WhenTheyAreNotInOrder_SayWhy()
    {
        await RefusedAsync(
            new PollNexusOperationExecutionRequest
            {
                Namespace = "default",
                OperationId = _id,
                WaitStage = (NexusOperationWaitStage)9,
            },
            StatusCode.InvalidArgument,
            "unsupported wait_stage: 9");
        await RefusedAsync(
            new DescribeNexusOperationExecutionRequest { Namespace = "default", OperationId = _id, RunId = "no" },
            StatusCode.InvalidArgument,
            "run_id is not a valid UUID");
        await RefusedAsync(
            new DescribeNexusOperationExecutionRequest
            {
                Namespace = "default",
                OperationId = _id,
                RunId = Guid.NewGuid().ToString(),
                LongPollToken = ByteString.CopyFromUtf8("no"),
            },
            StatusCode.InvalidArgument,
            "invalid long poll token");
        await RefusedAsync(
            new RequestCancelNexusOperationExecutionRequest
            {
                Namespace = "default",
                OperationId = _id,
                Reason = TooLong,
            },
            StatusCode.InvalidArgument,
            "reason exceeds length limit. Length=1001 Limit=1000");
        await RefusedAsync(
            new DeleteNexusOperationExecutionRequest { Namespace = "default", OperationId = _id },
            StatusCode.NotFound,
            $"operation not found for ID: {_id}");
        await RefusedAsync(
            new CountNexusOperationExecutionsRequest { Namespace = "default", Query = "GROUP BY Endpoint" },
            StatusCode.InvalidArgument,
            "invalid query: operation is not supported: "
            + "'GROUP BY' clause is not supported for search attribute Endpoint");
    }

    [Fact]
    public async Task Terminate_WhenItHasEnded_IsRefused()
    {
        var run = await StartAsync();
        await engine.CompleteAsync(await engine.PollAsync(_queue), Result("1"));
        await PollAsync(NexusOperationWaitStage.Closed);

        await RefusedAsync(
            new TerminateNexusOperationExecutionRequest { Namespace = "default", OperationId = _id, RunId = run },
            StatusCode.FailedPrecondition,
            "invalid transition from Succeeded");
    }

    [Fact]
    public async Task Cancel_WhenRepeatedAfterTheIdServesAnother_LeavesTheOtherAlone()
    {
        var run = await StartAsync();
        var cancel = new RequestCancelNexusOperationExecutionRequest
        {
            Namespace = "default",
            OperationId = _id,
            RunId = run,
            RequestId = "one",
        };
        await engine.Raw.CallAsync<RequestCancelNexusOperationExecutionResponse>(cancel);
        await engine.Raw.CallAsync<TerminateNexusOperationExecutionResponse>(
            new TerminateNexusOperationExecutionRequest { Namespace = "default", OperationId = _id });
        await StartAsync();

        await engine.Raw.CallAsync<RequestCancelNexusOperationExecutionResponse>(cancel);

        Assert.Null((await DescribeAsync()).Info.CancellationInfo);
    }

    private async Task<StartNexusOperationExecutionRequest> NewStartAsync(
        Action<StartNexusOperationExecutionRequest>? change = null)
    {
        var endpoint = await engine.CreateEndpointAsync(_queue);
        var request = new StartNexusOperationExecutionRequest
        {
            Namespace = "default",
            OperationId = _id,
            Identity = "client",
            Endpoint = endpoint.Spec.Name,
            Service = "service",
            Operation = "operation",
            Input = NexusEngine.Json("\"input\""),
        };
        change?.Invoke(request);
        return request;
    }

    private async Task<string> StartAsync(Action<StartNexusOperationExecutionRequest>? change = null)
    {
        var started = await engine.Raw.CallAsync<StartNexusOperationExecutionResponse>(await NewStartAsync(change));
        Assert.True(started.Started);
        return started.RunId;
    }

    private Task<PollNexusOperationExecutionResponse> PollAsync(NexusOperationWaitStage stage) =>
        engine.Raw.CallAsync<PollNexusOperationExecutionResponse>(new PollNexusOperationExecutionRequest
        {
            Namespace = "default",
            OperationId = _id,
            WaitStage = stage,
        });

    private Task<DescribeNexusOperationExecutionResponse> DescribeAsync() =>
        engine.Raw.CallAsync<DescribeNexusOperationExecutionResponse>(new DescribeNexusOperationExecutionRequest
        {
            Namespace = "default",
            OperationId = _id,
            IncludeInput = true,
            IncludeOutcome = true,
        });

    private static StartOperationResponse Result(string json) => new()
    {
        SyncSuccess = new StartOperationResponse.Types.Sync { Payload = NexusEngine.Json(json) },
    };

    private static StartOperationResponse Begun(string token) => new()
    {
        AsyncSuccess = new StartOperationResponse.Types.Async { OperationToken = token },
    };

    private async Task RefusedStartAsync(Action<StartNexusOperationExecutionRequest> change, string message) =>
        await RefusedAsync(await NewStartAsync(change), StatusCode.InvalidArgument, message);

    private async Task RefusedAsync(IMessage request, StatusCode code, string message)
    {
        var refused = await engine.Raw.RefusedAsync(request);
        Assert.Equal((code, message), (refused.StatusCode, refused.Status.Detail));
    }
}
