using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Api;

/// <summary>What operators do to runs, on the wire.</summary>
public sealed class ControlRpcsTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private const string Ns = "default";
    private static readonly string TooLong = new('x', 1001);

    public static TheoryData<IMessage, StatusCode, string> Refusals => new()
    {
        {
            new PauseWorkflowExecutionRequest { Namespace = Ns },
            StatusCode.InvalidArgument,
            "WorkflowId is not set on request."
        },
        {
            new PauseWorkflowExecutionRequest { Namespace = Ns, WorkflowId = "w", Reason = TooLong },
            StatusCode.InvalidArgument,
            "reason is too long."
        },
        {
            new PauseWorkflowExecutionRequest { Namespace = Ns, WorkflowId = "w", RequestId = TooLong },
            StatusCode.InvalidArgument,
            "request id is too long."
        },
        {
            new UnpauseWorkflowExecutionRequest { Namespace = Ns, WorkflowId = "w", Identity = TooLong },
            StatusCode.InvalidArgument,
            "identity is too long."
        },
        {
            new PauseWorkflowExecutionRequest { Namespace = Ns, WorkflowId = "never-started" },
            StatusCode.NotFound,
            "workflow not found for ID: never-started"
        },
        {
            new UpdateWorkflowExecutionOptionsRequest { Namespace = Ns },
            StatusCode.InvalidArgument,
            "WorkflowId is not set on request."
        },
        {
            new UpdateWorkflowExecutionOptionsRequest { Namespace = Ns, WorkflowExecution = Execution("w") },
            StatusCode.InvalidArgument,
            "UpdateMask is required"
        },
        {
            new UpdateWorkflowExecutionOptionsRequest
            {
                Namespace = Ns, WorkflowExecution = Execution("w"), UpdateMask = new FieldMask(),
            },
            StatusCode.InvalidArgument,
            "WorkflowExecutionOptions is required"
        },
        {
            OptionsUpdate(new WorkflowExecutionOptions(), "nonsense"),
            StatusCode.InvalidArgument,
            "error parsing UpdateMask: proto: invalid path \"nonsense\" for message "
                + "\"temporal.api.workflow.v1.WorkflowExecutionOptions\""
        },
        {
            new PauseActivityRequest { Namespace = Ns }, StatusCode.InvalidArgument, "WorkflowId is not set on request."
        },
        {
            new UnpauseActivityRequest { Namespace = Ns, Execution = Execution("w") },
            StatusCode.InvalidArgument,
            "Either Activity.Id or Activity.Type should be set on request."
        },
        {
            new ResetActivityRequest { Namespace = Ns, Execution = Execution("never-started"), Id = "a" },
            StatusCode.NotFound,
            "workflow not found for ID: never-started"
        },
        {
            new UpdateActivityOptionsRequest { Namespace = Ns, Execution = Execution("w"), Id = "a" },
            StatusCode.InvalidArgument,
            "ActivityOptions are not provided"
        },
        {
            new UpdateActivityOptionsRequest
            {
                Namespace = Ns,
                Execution = Execution("w"),
                Id = "a",
                RestoreOriginal = true,
                UpdateMask = new() { Paths = { "x" } },
            },
            StatusCode.InvalidArgument,
            "Both UpdateMask and RestoreOriginal are provided"
        },
        {
            new UpdateActivityOptionsRequest
            {
                Namespace = Ns, Execution = Execution("w"), Id = "a", ActivityOptions = new(),
            },
            StatusCode.InvalidArgument,
            "UpdateMask is not provided"
        },
        {
            OptionsUpdate(new WorkflowExecutionOptions { Priority = new Priority { PriorityKey = -1 } }, "priority"),
            StatusCode.InvalidArgument,
            "priority key can't be negative"
        },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Call_WhenSomethingIsWrong_IsRefusedInAServersWords(IMessage request, StatusCode code, string text)
    {
        using var raw = new RawEngine(engine.Address);

        var refusal = await raw.RefusedAsync(request);

        Assert.Equal(code, refusal.StatusCode);
        Assert.Equal(text, refusal.Status.Detail);
    }

    [Fact]
    public async Task Pause_OfAnOpenWorkflow_ShowsInListsAndDescription()
    {
        using var raw = new RawEngine(engine.Address);
        await StartAsync(raw, "paused");

        await raw.CallAsync<PauseWorkflowExecutionResponse>(new PauseWorkflowExecutionRequest
        {
            Namespace = Ns,
            WorkflowId = "paused",
            Identity = "me",
            Reason = "why",
            RequestId = "r",
        });

        var list = await raw.CallAsync<ListWorkflowExecutionsResponse>(new ListWorkflowExecutionsRequest
        {
            Namespace = Ns,
            Query = "ExecutionStatus = 'Paused' AND TemporalPauseInfo = 'Workflow:paused'",
        });
        var listed = Assert.Single(list.Executions);
        Assert.Equal(WorkflowExecutionStatus.Paused, listed.Status);
        Assert.Null(listed.CloseTime);
        var described = await raw.CallAsync<DescribeWorkflowExecutionResponse>(
            new DescribeWorkflowExecutionRequest { Namespace = Ns, Execution = Execution("paused") });
        Assert.Equal("why", described.WorkflowExtendedInfo.PauseInfo.Reason);

        await raw.CallAsync<UnpauseWorkflowExecutionResponse>(
            new UnpauseWorkflowExecutionRequest { Namespace = Ns, WorkflowId = "paused" });
        described = await raw.CallAsync<DescribeWorkflowExecutionResponse>(
            new DescribeWorkflowExecutionRequest { Namespace = Ns, Execution = Execution("paused") });
        Assert.Equal(WorkflowExecutionStatus.Running, described.WorkflowExecutionInfo.Status);
        Assert.Null(described.WorkflowExtendedInfo.PauseInfo);
        Assert.NotNull(described.PendingWorkflowTask);
    }

    [Fact]
    public async Task OptionsUpdate_OfAnOpenWorkflow_AnswersTheOptionsThatHold()
    {
        using var raw = new RawEngine(engine.Address);
        await StartAsync(raw, "w");

        var response = await raw.CallAsync<UpdateWorkflowExecutionOptionsResponse>(
            OptionsUpdate(new WorkflowExecutionOptions { Priority = new Priority { PriorityKey = 4 } }, "priority"));

        Assert.Equal(4, response.WorkflowExecutionOptions.Priority.PriorityKey);
    }

    private static UpdateWorkflowExecutionOptionsRequest OptionsUpdate(
        WorkflowExecutionOptions options, params string[] paths) => new()
        {
            Namespace = Ns,
            WorkflowExecution = Execution("w"),
            WorkflowExecutionOptions = options,
            UpdateMask = new FieldMask { Paths = { paths } },
        };

    private static WorkflowExecution Execution(string workflowId) => new() { WorkflowId = workflowId };

    private static Task<StartWorkflowExecutionResponse> StartAsync(RawEngine raw, string workflowId) =>
        raw.CallAsync<StartWorkflowExecutionResponse>(
        new StartWorkflowExecutionRequest
        {
            Namespace = Ns,
            WorkflowId = workflowId,
            WorkflowType = new WorkflowType { Name = "Any" },
            TaskQueue = new TaskQueue { Name = "nobody-polls" },
            RequestId = workflowId,
        });
}
