using Google.Protobuf;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Api;

/// <summary>What every call with these fields checks first, with a server's codes and words.</summary>
public sealed class SharedChecksTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private static readonly string TooLong = new('x', 1001);

    public static TheoryData<IMessage, StatusCode, string> Refusals => new()
    {
        { new StartWorkflowExecutionRequest(), StatusCode.InvalidArgument, "Namespace is not set on request." },
        {
            new DescribeWorkflowExecutionRequest { Namespace = "nowhere" },
            StatusCode.NotFound,
            "Namespace nowhere is not found."
        },
        {
            new DescribeWorkflowExecutionRequest { Namespace = TooLong },
            StatusCode.InvalidArgument,
            "Namespace length exceeds limit."
        },
        {
            new DescribeWorkflowExecutionRequest { Namespace = "default" },
            StatusCode.InvalidArgument,
            "Execution is not set on request."
        },
        {
            new TerminateWorkflowExecutionRequest { Namespace = "default", WorkflowExecution = new() },
            StatusCode.InvalidArgument,
            "WorkflowId is not set on request."
        },
        {
            new RequestCancelWorkflowExecutionRequest
            {
                Namespace = "default", WorkflowExecution = new() { WorkflowId = "w", RunId = "no-uuid" },
            },
            StatusCode.InvalidArgument,
            "Invalid RunId."
        },
        {
            new RequestCancelWorkflowExecutionRequest
            {
                Namespace = "default", WorkflowExecution = new() { WorkflowId = "w" }, Identity = TooLong,
            },
            StatusCode.InvalidArgument,
            "Identity length exceeds limit."
        },
        {
            new SignalWorkflowExecutionRequest
            {
                Namespace = "default",
                WorkflowExecution = new() { WorkflowId = "w" },
                SignalName = "s",
                RequestId = TooLong,
            },
            StatusCode.InvalidArgument,
            "RequestId length exceeds limit."
        },
        {
            new SignalWorkflowExecutionRequest { Namespace = "default", WorkflowExecution = new() { WorkflowId = "w" } },
            StatusCode.InvalidArgument,
            "SignalName is not set on request."
        },
        {
            new SignalWorkflowExecutionRequest
            {
                Namespace = "default", WorkflowExecution = new() { WorkflowId = "never-started" }, SignalName = "s",
            },
            StatusCode.NotFound,
            "workflow not found for ID: never-started"
        },
        {
            new GetWorkflowExecutionHistoryRequest
            {
                Namespace = "default",
                Execution = new() { WorkflowId = "w", RunId = "11111111-2222-3333-4444-555555555555" },
            },
            StatusCode.NotFound,
            "workflow execution not found for workflow ID \"w\" and run ID \"11111111-2222-3333-4444-555555555555\""
        },
        {
            new GetWorkflowExecutionHistoryRequest
            {
                Namespace = "default",
                Execution = new() { WorkflowId = "w" },
                NextPageToken = ByteString.CopyFromUtf8("made up"),
            },
            StatusCode.InvalidArgument,
            "Invalid NextPageToken."
        },
        {
            new RespondWorkflowTaskCompletedRequest { Namespace = "default" },
            StatusCode.InvalidArgument,
            "Task token not set on request."
        },
        {
            new RespondActivityTaskFailedRequest { Namespace = "default", TaskToken = ByteString.CopyFromUtf8("made up") },
            StatusCode.InvalidArgument,
            "Error deserializing task token."
        },
        {
            new RespondQueryTaskCompletedRequest { Namespace = "default", TaskToken = ByteString.CopyFromUtf8("made up") },
            StatusCode.InvalidArgument,
            "Error deserializing task token."
        },
        {
            new RespondActivityTaskCompletedByIdRequest { Namespace = "default", ActivityId = "a" },
            StatusCode.NotFound,
            "activity not found for ID: a"
        },
        {
            new RecordActivityTaskHeartbeatByIdRequest { Namespace = "default", WorkflowId = "w" },
            StatusCode.InvalidArgument,
            "ActivityId is not set on request."
        },
        {
            new PollWorkflowTaskQueueRequest { Namespace = "default" },
            StatusCode.InvalidArgument,
            "taskQueue is not set"
        },
        {
            new PollActivityTaskQueueRequest { Namespace = "default", TaskQueue = new TaskQueue() },
            StatusCode.InvalidArgument,
            "missing task queue name"
        },
        {
            new PollActivityTaskQueueRequest { Namespace = "default", TaskQueue = new() { Name = "/_sys/x" } },
            StatusCode.InvalidArgument,
            "task queue name cannot start with reserved prefix /_sys/"
        },
        {
            new QueryWorkflowRequest { Namespace = "default", Execution = new() { WorkflowId = "w" } },
            StatusCode.InvalidArgument,
            "WorkflowQuery is not set on request."
        },
        {
            new ListWorkflowExecutionsRequest { Namespace = "default", Query = "Nonsense = 'x'" },
            StatusCode.InvalidArgument,
            "invalid query: invalid expression: column name 'Nonsense' is not a valid search attribute"
        },
        {
            new ListArchivedWorkflowExecutionsRequest { Namespace = "default" },
            StatusCode.InvalidArgument,
            "Cluster is not configured for visibility archival."
        },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Call_WhenAFieldIsWrong_IsRefusedInAServersWords(IMessage request, StatusCode code, string text)
    {
        using var raw = new RawEngine(engine.Address);

        var refused = await raw.RefusedAsync(request);

        Assert.Equal((code, text), (refused.StatusCode, refused.Status.Detail));
    }

    [Fact]
    public async Task Poll_WhenItHasNoDeadline_IsRefused()
    {
        using var raw = new RawEngine(engine.Address);

        var refused = await raw.RefusedAsync(Poll("q"), patience: null);

        Assert.Equal(
            (StatusCode.InvalidArgument, "Context timeout is not set."), (refused.StatusCode, refused.Status.Detail));
    }

    [Fact]
    public async Task Poll_WhenItsDeadlineIsTooNear_IsRefused()
    {
        using var raw = new RawEngine(engine.Address);

        var refused = await raw.RefusedAsync(Poll("q"), TimeSpan.FromSeconds(1.5));

        Assert.Equal(
            (StatusCode.FailedPrecondition, "Context timeout is too short."),
            (refused.StatusCode, refused.Status.Detail));
    }

    [Fact]
    public async Task Poll_WhenNothingComes_EndsEmptyBeforeItsDeadline()
    {
        using var raw = new RawEngine(engine.Address);

        var response = await raw.CallAsync<PollWorkflowTaskQueueResponse>(Poll("quiet"), TimeSpan.FromSeconds(2.5));

        Assert.Equal(new PollWorkflowTaskQueueResponse(), response);
    }

    [Fact]
    public async Task Token_WhenItIsOfAnotherNamespace_IsRefused()
    {
        using var raw = new RawEngine(engine.Address);
        await raw.CallAsync<RegisterNamespaceResponse>(new RegisterNamespaceRequest
        {
            Namespace = "elsewhere",
            WorkflowExecutionRetentionPeriod = TimeSpan.FromDays(1).ToProto(),
        });
        await raw.CallAsync<StartWorkflowExecutionResponse>(new StartWorkflowExecutionRequest
        {
            Namespace = "default",
            WorkflowId = "token-owner",
            WorkflowType = new WorkflowType { Name = "t" },
            TaskQueue = new TaskQueue { Name = "token-queue" },
        });
        var task = await raw.CallAsync<PollWorkflowTaskQueueResponse>(Poll("token-queue"));

        var refused = await raw.RefusedAsync(
            new RespondWorkflowTaskCompletedRequest { Namespace = "elsewhere", TaskToken = task.TaskToken });

        Assert.Equal(
            (StatusCode.InvalidArgument, "Operation requested with a token from a different namespace."),
            (refused.StatusCode, refused.Status.Detail));
    }

    private static PollWorkflowTaskQueueRequest Poll(string queue) =>
        new() { Namespace = "default", TaskQueue = new TaskQueue { Name = queue } };
}
