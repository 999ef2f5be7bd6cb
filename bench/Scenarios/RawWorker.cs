using Google.Protobuf;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace AugmentedOS.Bench.Scenarios;

/// <summary>Calls without a worker in between, to time the engine and nothing else.</summary>
internal sealed class RawWorker(ITemporalClient client, string queue)
{
    private const string Identity = "bench";

    private WorkflowService Service => client.Connection.WorkflowService;

    public Task<StartWorkflowExecutionResponse> StartAsync(string workflowId) =>
        Service.StartWorkflowExecutionAsync(new StartWorkflowExecutionRequest
        {
            Namespace = client.Options.Namespace,
            WorkflowId = workflowId,
            WorkflowType = new() { Name = "Raw" },
            TaskQueue = new TaskQueue { Name = queue },
            RequestId = Guid.NewGuid().ToString(),
            Identity = Identity,
        });

    /// <summary>Waits for a workflow task; null when the poll came back empty.</summary>
    public async Task<PollWorkflowTaskQueueResponse?> PollAsync(CancellationToken cancelled = default)
    {
        var task = await Service.PollWorkflowTaskQueueAsync(
            new PollWorkflowTaskQueueRequest
            {
                Namespace = client.Options.Namespace,
                TaskQueue = new TaskQueue { Name = queue },
                Identity = Identity,
            },
            new RpcOptions { CancellationToken = cancelled });
        return task.TaskToken.IsEmpty ? null : task;
    }

    public async Task<PollActivityTaskQueueResponse?> PollActivityAsync(CancellationToken cancelled = default)
    {
        var task = await Service.PollActivityTaskQueueAsync(
            new PollActivityTaskQueueRequest
            {
                Namespace = client.Options.Namespace,
                TaskQueue = new TaskQueue { Name = queue },
                Identity = Identity,
            },
            new RpcOptions { CancellationToken = cancelled });
        return task.TaskToken.IsEmpty ? null : task;
    }

    public Task CompleteAsync(ByteString token, params Command[] commands) => CompleteAsync(token, false, commands);

    /// <param name="andAgain">Whether another workflow task follows at once.</param>
    public Task CompleteAsync(ByteString token, bool andAgain, IEnumerable<Command> commands)
    {
        var request = new RespondWorkflowTaskCompletedRequest
        {
            Namespace = client.Options.Namespace,
            TaskToken = token,
            Identity = Identity,
            ForceCreateNewWorkflowTask = andAgain,
        };
        request.Commands.AddRange(commands);
        return Service.RespondWorkflowTaskCompletedAsync(request);
    }

    public Task CompleteActivityAsync(ByteString token) =>
        Service.RespondActivityTaskCompletedAsync(new RespondActivityTaskCompletedRequest
        {
            Namespace = client.Options.Namespace,
            TaskToken = token,
            Identity = Identity,
        });

    public Task SignalAsync(string workflowId, string name = "bench") =>
        Service.SignalWorkflowExecutionAsync(new SignalWorkflowExecutionRequest
        {
            Namespace = client.Options.Namespace,
            WorkflowExecution = new() { WorkflowId = workflowId },
            SignalName = name,
            RequestId = Guid.NewGuid().ToString(),
            Identity = Identity,
        });

    public static Command Timer(string id, TimeSpan after) => new()
    {
        CommandType = CommandType.StartTimer,
        StartTimerCommandAttributes = new()
        {
            TimerId = id,
            StartToFireTimeout = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(after),
        },
    };

    public Command Activity(string id) => new()
    {
        CommandType = CommandType.ScheduleActivityTask,
        ScheduleActivityTaskCommandAttributes = new()
        {
            ActivityId = id,
            ActivityType = new() { Name = "Raw" },
            TaskQueue = new TaskQueue { Name = queue },
            StartToCloseTimeout = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromMinutes(5)),
        },
    };

    public static Command Marker() => new()
    {
        CommandType = CommandType.RecordMarker,
        RecordMarkerCommandAttributes = new() { MarkerName = "bench" },
    };
}
