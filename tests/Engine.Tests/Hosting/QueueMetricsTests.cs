using AugmentedOS.Engine.Tests.Api;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using UpdateRejection = Temporalio.Api.Update.V1.Rejection;

namespace AugmentedOS.Engine.Tests.Hosting;

/// <summary>The names and tags of a Temporal server's metrics of task queues, updates, visibility and actions.</summary>
public sealed class QueueMetricsTests : IAsyncLifetime
{
    private const string Queue = "namespace=\"default\",taskqueue=\"__omitted__\",task_type=\"Workflow\"";
    private EngineFixture _engine = null!;
    private RawEngine _raw = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await EngineFixture.StartAsync(options => options.HttpPort = 0);
        _raw = new RawEngine(_engine.Address);

        // The first look is what makes the engine measure.
        await MetricsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _raw.Dispose();
        await _engine.DisposeAsync();
    }

    [Fact]
    public async Task Queue_WhenATaskWaits_TellsHowLongAndThenThatItWent()
    {
        await StartAsync();

        var waiting = await MetricsAsync();
        Assert.Contains(
            $"tasks_added{{{Queue},task_add_result=\"backlog\",forwarded=\"false\",versioning_behavior=\"Unspecified\"}} 1\n",
            waiting,
            StringComparison.Ordinal);
        Assert.Contains("approximate_backlog_count 1\n", waiting, StringComparison.Ordinal);
        Assert.DoesNotContain("approximate_backlog_age_seconds 0\n", waiting, StringComparison.Ordinal);

        await PollAsync();

        var served = await MetricsAsync();
        Assert.Contains($"asyncmatch_latency_count{{{Queue}}} 1\n", served, StringComparison.Ordinal);
        Assert.Contains(
            $"task_dispatch_latency_count{{{Queue},source=\"DbBacklog\",forwarded=\"false\",task_priority=\"3\"}} 1\n",
            served,
            StringComparison.Ordinal);
        Assert.Contains(
            $"poll_latency_count{{{Queue},forwarded=\"false\",task_priority=\"3\",poll_result=\"dispatch\"}} 1\n",
            served,
            StringComparison.Ordinal);
        Assert.Contains(
            "task_schedule_to_start_latency_count{operation=\"RecordWorkflowTaskStarted\",namespace=\"default\","
            + "taskqueue=\"__omitted__\",task_type=\"Workflow\"} 1\n",
            served,
            StringComparison.Ordinal);
        Assert.Contains("approximate_backlog_age_seconds 0\n", served, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_WhenTheyAreActions_AreCountedAsSuch()
    {
        await StartAsync();
        await _raw.CallAsync<SignalWorkflowExecutionResponse>(new SignalWorkflowExecutionRequest
        {
            Namespace = "default",
            WorkflowExecution = new() { WorkflowId = "w" },
            SignalName = "s",
        });

        var metrics = await MetricsAsync();

        Assert.Contains(Action("StartWorkflowExecution"), metrics, StringComparison.Ordinal);
        Assert.Contains(Action("SignalWorkflowExecution"), metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_WhenTheyAreRefused_AreCountedByType()
    {
        await _raw.CallAsync<ListWorkflowExecutionsResponse>(
            new ListWorkflowExecutionsRequest { Namespace = "default" });
        await _raw.RefusedAsync(new CountWorkflowExecutionsRequest { Namespace = "default", Query = "Nothing = 1" });

        var metrics = await MetricsAsync();

        const string tags = "visibility_plugin_name=\"sqlite\",visibility_index_name=\"_unknown_\"";
        Assert.Contains(
            $"visibility_persistence_requests{{operation=\"ListWorkflowExecutions\",{tags}}} 1\n",
            metrics,
            StringComparison.Ordinal);
        Assert.Contains(
            $"visibility_persistence_latency_count{{operation=\"CountWorkflowExecutions\",{tags}}} 1\n",
            metrics,
            StringComparison.Ordinal);
        Assert.Contains(
            $"visibility_persistence_error_with_type{{operation=\"CountWorkflowExecutions\",{tags},"
            + "error_type=\"serviceerror_InvalidArgument\"} 1\n",
            metrics,
            StringComparison.Ordinal);
        Assert.DoesNotContain("visibility_persistence_errors{", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Updates_WhenAWorkerAnswers_AreCountedWithTheirTasks()
    {
        await StartAsync();
        await CompleteAsync(await PollAsync());

        var (rejected, first) = (UpdateAsync("no"), await PollAsync());
        await CompleteAsync(first, new UpdateRejection
        {
            RejectedRequestMessageId = first.Messages[0].Id,
            RejectedRequestSequencingEventId = first.Messages[0].EventId,
            RejectedRequest = first.Messages[0].Body.Unpack<Request>(),
            Failure = new() { Message = "no", ApplicationFailureInfo = new() },
        });
        await rejected;
        var (accepted, second) = (UpdateAsync("yes"), await PollAsync());
        await CompleteAsync(second, new Acceptance
        {
            AcceptedRequestMessageId = second.Messages[0].Id,
            AcceptedRequestSequencingEventId = second.Messages[0].EventId,
            AcceptedRequest = second.Messages[0].Body.Unpack<Request>(),
        });
        await accepted;

        var metrics = await MetricsAsync();

        const string tags = "{namespace=\"default\"}";
        Assert.Contains($"request_workflow_update_message{tags} 2\n", metrics, StringComparison.Ordinal);
        Assert.Contains($"workflow_update_wait_stage_accepted{tags} 2\n", metrics, StringComparison.Ordinal);
        Assert.Contains($"workflow_update_sent_to_worker{tags} 2\n", metrics, StringComparison.Ordinal);
        Assert.Contains($"reject_workflow_update_message{tags} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains($"accept_workflow_update_message{tags} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains($"speculative_workflow_task_rollbacks{tags} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains(
            "speculative_workflow_task_commits{namespace=\"default\",reason=\"update_accepted\"} 1\n",
            metrics,
            StringComparison.Ordinal);
        Assert.DoesNotContain("workflow_update_aborted{", metrics, StringComparison.Ordinal);
    }

    private Task<UpdateWorkflowExecutionResponse> UpdateAsync(string id) =>
        _raw.CallAsync<UpdateWorkflowExecutionResponse>(new UpdateWorkflowExecutionRequest
        {
            Namespace = "default",
            WorkflowExecution = new() { WorkflowId = "w" },
            WaitPolicy = new() { LifecycleStage = UpdateWorkflowExecutionLifecycleStage.Accepted },
            Request = new() { Meta = new() { UpdateId = id }, Input = new() { Name = "u" } },
        });

    private Task<RespondWorkflowTaskCompletedResponse> CompleteAsync(
        PollWorkflowTaskQueueResponse task, IMessage? answer = null)
    {
        var request = new RespondWorkflowTaskCompletedRequest { Namespace = "default", TaskToken = task.TaskToken };
        if (answer is not null)
        {
            request.Messages.Add(new Message
            {
                Id = $"{task.Messages[0].ProtocolInstanceId}/answer",
                ProtocolInstanceId = task.Messages[0].ProtocolInstanceId,
                Body = Any.Pack(answer),
            });
        }

        return _raw.CallAsync<RespondWorkflowTaskCompletedResponse>(request);
    }

    private static string Action(string operation) =>
        $"action{{operation=\"{operation}\",namespace=\"default\",service_name=\"frontend\",action_type=\"grpc_{operation}\"}} 1\n";

    private Task<StartWorkflowExecutionResponse> StartAsync() =>
        _raw.CallAsync<StartWorkflowExecutionResponse>(new StartWorkflowExecutionRequest
        {
            Namespace = "default",
            WorkflowId = "w",
            WorkflowType = new() { Name = "t" },
            TaskQueue = new() { Name = "q" },
            RequestId = "the same",
        });

    private Task<PollWorkflowTaskQueueResponse> PollAsync() =>
        _raw.CallAsync<PollWorkflowTaskQueueResponse>(
            new PollWorkflowTaskQueueRequest { Namespace = "default", TaskQueue = new() { Name = "q" } });

    private async Task<string> MetricsAsync()
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{_engine.Engine.HttpAddress}") };
        return await http.GetStringAsync("/metrics");
    }
}
