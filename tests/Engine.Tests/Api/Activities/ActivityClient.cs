using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Api.Activities;

/// <summary>One activity without a workflow, its client and its worker, without an SDK.</summary>
internal sealed class ActivityClient(RawEngine raw)
{
    public string Id { get; } = $"activity-{Guid.NewGuid():N}";

    public string Queue { get; } = $"queue-{Guid.NewGuid():N}";

    public static Payloads Text(string text) =>
        new() { Payloads_ = { new Payload { Data = ByteString.CopyFromUtf8(text) } } };

    public StartActivityExecutionRequest NewStart(Action<StartActivityExecutionRequest>? configure = null)
    {
        var request = new StartActivityExecutionRequest
        {
            Namespace = "default",
            ActivityId = Id,
            ActivityType = new ActivityType { Name = "Work" },
            TaskQueue = new() { Name = Queue },
            StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromMinutes(1)),
            Input = Text("input"),
        };
        configure?.Invoke(request);
        return request;
    }

    public Task<StartActivityExecutionResponse> StartAsync(Action<StartActivityExecutionRequest>? configure = null) =>
        raw.CallAsync<StartActivityExecutionResponse>(NewStart(configure));

    public Task<PollActivityTaskQueueResponse> TakeAsync(string? queue = null) =>
        raw.CallAsync<PollActivityTaskQueueResponse>(
            new PollActivityTaskQueueRequest
            {
                Namespace = "default",
                TaskQueue = new() { Name = queue ?? Queue },
                Identity = "worker",
            },
            headers: new Metadata { { "client-name", "wire" }, { "client-version", "1.2" } });

    public Task CompleteAsync(PollActivityTaskQueueResponse task) =>
        raw.CallAsync<RespondActivityTaskCompletedResponse>(new RespondActivityTaskCompletedRequest
        {
            Namespace = "default",
            TaskToken = task.TaskToken,
            Result = Text("result"),
            Identity = "worker",
        });

    public Task FailAsync(PollActivityTaskQueueResponse task) =>
        raw.CallAsync<RespondActivityTaskFailedResponse>(new RespondActivityTaskFailedRequest
        {
            Namespace = "default",
            TaskToken = task.TaskToken,
            Failure = new() { Message = "no", ApplicationFailureInfo = new() },
            Identity = "worker",
        });

    public Task<RecordActivityTaskHeartbeatResponse> HeartbeatAsync(PollActivityTaskQueueResponse task) =>
        raw.CallAsync<RecordActivityTaskHeartbeatResponse>(new RecordActivityTaskHeartbeatRequest
        {
            Namespace = "default",
            TaskToken = task.TaskToken,
            Details = Text("half"),
            Identity = "worker",
        });

    public DescribeActivityExecutionRequest NewDescribe(bool full = false) => new()
    {
        Namespace = "default",
        ActivityId = Id,
        IncludeInput = full,
        IncludeOutcome = full,
        IncludeHeartbeatDetails = full,
        IncludeLastFailure = full,
    };

    public Task<DescribeActivityExecutionResponse> DescribeAsync(bool full = false) =>
        raw.CallAsync<DescribeActivityExecutionResponse>(NewDescribe(full));

    public Task<PollActivityExecutionResponse> PollAsync() => raw.CallAsync<PollActivityExecutionResponse>(
        new PollActivityExecutionRequest { Namespace = "default", ActivityId = Id });

    public async Task RefusedAsync(IMessage request, StatusCode code, string message)
    {
        var refused = await raw.RefusedAsync(request);
        Assert.Equal((code, message), (refused.StatusCode, refused.Status.Detail));
    }
}
