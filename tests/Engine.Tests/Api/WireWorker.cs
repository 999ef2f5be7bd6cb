using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace AugmentedOS.Engine.Tests.Api;

/// <summary>A worker without an SDK: takes a task when a test says so, and answers what the test wants.</summary>
public sealed class WireWorker(ITemporalClient client)
{
    private const string Namespace = "default";

    public string Queue { get; } = $"queue-{Guid.NewGuid():N}";

    public string WorkflowId { get; } = $"wire-{Guid.NewGuid():N}";

    public WorkflowService Service => client.WorkflowService;

    public async Task<string> StartAsync(Action<StartWorkflowExecutionRequest>? configure = null)
    {
        var request = new StartWorkflowExecutionRequest
        {
            Namespace = Namespace,
            WorkflowId = WorkflowId,
            WorkflowType = new() { Name = "Wired" },
            TaskQueue = new() { Name = Queue },
            RequestId = Guid.NewGuid().ToString(),
        };
        configure?.Invoke(request);
        return (await Service.StartWorkflowExecutionAsync(request)).RunId;
    }

    public Task<PollWorkflowTaskQueueResponse> PollAsync(string? queue = null) => Service.PollWorkflowTaskQueueAsync(
        new PollWorkflowTaskQueueRequest { Namespace = Namespace, TaskQueue = new() { Name = queue ?? Queue }, Identity = "wire" },
        new RpcOptions { Timeout = TimeSpan.FromSeconds(20) });

    public Task<PollActivityTaskQueueResponse> PollActivityAsync() => Service.PollActivityTaskQueueAsync(
        new PollActivityTaskQueueRequest { Namespace = Namespace, TaskQueue = new() { Name = Queue }, Identity = "wire" },
        new RpcOptions { Timeout = TimeSpan.FromSeconds(20) });

    public Task<RespondWorkflowTaskCompletedResponse> CompleteAsync(
        PollWorkflowTaskQueueResponse task, params Command[] commands) => CompleteAsync(task, static _ => { }, commands);

    public Task<RespondWorkflowTaskCompletedResponse> CompleteAsync(
        PollWorkflowTaskQueueResponse task, Action<RespondWorkflowTaskCompletedRequest> configure, params Command[] commands)
    {
        var request = new RespondWorkflowTaskCompletedRequest
        {
            Namespace = Namespace,
            TaskToken = task.TaskToken,
            Identity = "wire",
            Commands = { commands },
        };
        configure(request);
        return Service.RespondWorkflowTaskCompletedAsync(request);
    }

    /// <summary>Takes the next workflow task and answers it.</summary>
    public async Task<RespondWorkflowTaskCompletedResponse> StepAsync(params Command[] commands) =>
        await CompleteAsync(await PollAsync(), commands);

    public async Task<IReadOnlyList<Temporalio.Api.History.V1.HistoryEvent>> HistoryAsync()
    {
        var events = new List<Temporalio.Api.History.V1.HistoryEvent>();
        var request = new GetWorkflowExecutionHistoryRequest
        {
            Namespace = Namespace,
            Execution = new() { WorkflowId = WorkflowId },
        };
        do
        {
            var page = await Service.GetWorkflowExecutionHistoryAsync(request);
            events.AddRange(page.History.Events);
            request.NextPageToken = page.NextPageToken;
        }
        while (!request.NextPageToken.IsEmpty);
        return events;
    }

    /// <summary>The history's event types, short enough to read in one line.</summary>
    public async Task<string> TranscriptAsync() =>
        string.Join(' ', (await HistoryAsync()).Select(e => e.EventType.ToString()));

    /// <summary>Waits until the run is closed.</summary>
    public async Task<EventType> ClosedAsync()
    {
        var request = new GetWorkflowExecutionHistoryRequest
        {
            Namespace = Namespace,
            Execution = new() { WorkflowId = WorkflowId },
            WaitNewEvent = true,
            HistoryEventFilterType = HistoryEventFilterType.CloseEvent,
        };
        while (true)
        {
            var page = await Service.GetWorkflowExecutionHistoryAsync(request);
            if (page.History.Events.LastOrDefault() is { } closing)
            {
                return closing.EventType;
            }

            request.NextPageToken = page.NextPageToken;
        }
    }

    public static Command Complete() => new()
    {
        CommandType = CommandType.CompleteWorkflowExecution,
        CompleteWorkflowExecutionCommandAttributes = new(),
    };

    public Command Activity(string id, TimeSpan? startToClose = null) => new()
    {
        CommandType = CommandType.ScheduleActivityTask,
        ScheduleActivityTaskCommandAttributes = new()
        {
            ActivityId = id,
            ActivityType = new() { Name = "Wired" },
            TaskQueue = new() { Name = Queue },
            StartToCloseTimeout = Duration.FromTimeSpan(startToClose ?? TimeSpan.FromMinutes(1)),
            RetryPolicy = new() { MaximumAttempts = 1 },
        },
    };

    public static Command Timer(string id, TimeSpan after) => new()
    {
        CommandType = CommandType.StartTimer,
        StartTimerCommandAttributes = new() { TimerId = id, StartToFireTimeout = Duration.FromTimeSpan(after) },
    };

    public static Command CancelActivity(long scheduledEventId) => new()
    {
        CommandType = CommandType.RequestCancelActivityTask,
        RequestCancelActivityTaskCommandAttributes = new() { ScheduledEventId = scheduledEventId },
    };
}
