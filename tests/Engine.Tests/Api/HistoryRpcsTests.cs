using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Api;

public sealed class HistoryRpcsTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task History_WhenReadInPages_IsWholeAndInOrder()
    {
        using var raw = new RawEngine(engine.Address);
        var id = await StartAsync(raw, signals: 5);

        var events = new List<HistoryEvent>();
        var request = Request(id);
        request.MaximumPageSize = 2;
        do
        {
            var page = await raw.CallAsync<GetWorkflowExecutionHistoryResponse>(request);
            events.AddRange(page.History.Events);
            request.NextPageToken = page.NextPageToken;
        }
        while (!request.NextPageToken.IsEmpty);

        Assert.Equal(Enumerable.Range(1, 7).Select(n => (long)n), events.Select(e => e.EventId));
    }

    [Fact]
    public async Task History_WhenReadBackwards_IsNewestFirst()
    {
        using var raw = new RawEngine(engine.Address);
        var id = await StartAsync(raw, signals: 3);

        var page = await raw.CallAsync<GetWorkflowExecutionHistoryReverseResponse>(
            new GetWorkflowExecutionHistoryReverseRequest
            {
                Namespace = "default",
                Execution = new WorkflowExecution { WorkflowId = id },
            });

        Assert.Equal([5, 4, 3, 2, 1], page.History.Events.Select(e => e.EventId));
        Assert.True(page.NextPageToken.IsEmpty);
    }

    [Fact]
    public async Task History_WhenWaitingForTheClose_AnswersWithTheLastEventOnce()
    {
        using var raw = new RawEngine(engine.Address);
        var id = await StartAsync(raw, signals: 0);
        var request = Request(id);
        request.WaitNewEvent = true;
        request.HistoryEventFilterType = HistoryEventFilterType.CloseEvent;

        var waiting = raw.CallAsync<GetWorkflowExecutionHistoryResponse>(request);
        await raw.CallAsync<TerminateWorkflowExecutionResponse>(new TerminateWorkflowExecutionRequest
        {
            Namespace = "default",
            WorkflowExecution = new WorkflowExecution { WorkflowId = id },
        });
        var page = await waiting;

        Assert.Equal(EventType.WorkflowExecutionTerminated, Assert.Single(page.History.Events).EventType);
        Assert.True(page.NextPageToken.IsEmpty);
    }

    [Fact]
    public async Task History_WhenNothingHappensInTime_IsEmptyWithAToken()
    {
        using var raw = new RawEngine(engine.Address);
        var id = await StartAsync(raw, signals: 0);
        var request = Request(id);
        request.WaitNewEvent = true;
        request.HistoryEventFilterType = HistoryEventFilterType.CloseEvent;

        var page = await raw.CallAsync<GetWorkflowExecutionHistoryResponse>(request, TimeSpan.FromSeconds(1.5));

        Assert.Empty(page.History.Events);
        Assert.False(page.NextPageToken.IsEmpty);
    }

    [Fact]
    public async Task History_WhenWaitingForMore_GivesNewEventsAndKeepsTheToken()
    {
        using var raw = new RawEngine(engine.Address);
        var id = await StartAsync(raw, signals: 0);
        var request = Request(id);
        request.WaitNewEvent = true;
        var first = await raw.CallAsync<GetWorkflowExecutionHistoryResponse>(request);
        request.NextPageToken = first.NextPageToken;

        var waiting = raw.CallAsync<GetWorkflowExecutionHistoryResponse>(request);
        await SignalAsync(raw, id);
        var more = await waiting;

        Assert.Equal([1, 2], first.History.Events.Select(e => e.EventId));
        Assert.Equal([3], more.History.Events.Select(e => e.EventId));
        Assert.False(more.NextPageToken.IsEmpty);
    }

    [Fact]
    public async Task History_WhenATaskIsTriedAgain_ShowsItToWorkersAndNotToOperators()
    {
        using var raw = new RawEngine(engine.Address);
        var queue = $"queue-{Guid.NewGuid():N}";
        var id = await StartAsync(raw, signals: 0, queue);
        var first = await PollAsync(raw, queue);
        await raw.CallAsync<RespondWorkflowTaskFailedResponse>(new RespondWorkflowTaskFailedRequest
        {
            Namespace = "default",
            TaskToken = first.TaskToken,
        });
        var second = await PollAsync(raw, queue);

        Assert.Equal(2, second.Attempt);
        Assert.Equal([1, 2, 3, 4, 5, 6], await SeenByAsync(raw, id, "temporal-dotnet"));
        Assert.Equal([1, 2, 3, 4], await SeenByAsync(raw, id, "temporal-ui"));
        Assert.Equal([1, 2, 3, 4], await SeenByAsync(raw, id, "temporal-cli"));
    }

    private static async Task<IEnumerable<long>> SeenByAsync(RawEngine raw, string id, string client) =>
        (await raw.CallAsync<GetWorkflowExecutionHistoryResponse>(
            Request(id), headers: new Metadata { { "client-name", client }, { "client-version", "1.21.1" } }))
        .History.Events.Select(e => e.EventId);

    private static Task<PollWorkflowTaskQueueResponse> PollAsync(RawEngine raw, string queue) =>
        raw.CallAsync<PollWorkflowTaskQueueResponse>(new PollWorkflowTaskQueueRequest
        {
            Namespace = "default",
            TaskQueue = new TaskQueue { Name = queue },
        });

    private static async Task<string> StartAsync(RawEngine raw, int signals, string queue = "nobody")
    {
        var id = $"history-{Guid.NewGuid()}";
        await raw.CallAsync<StartWorkflowExecutionResponse>(new StartWorkflowExecutionRequest
        {
            Namespace = "default",
            WorkflowId = id,
            WorkflowType = new WorkflowType { Name = "t" },
            TaskQueue = new TaskQueue { Name = queue },
        });
        for (var signal = 0; signal < signals; signal++)
        {
            await SignalAsync(raw, id);
        }

        return id;
    }

    private static Task<SignalWorkflowExecutionResponse> SignalAsync(RawEngine raw, string id) =>
        raw.CallAsync<SignalWorkflowExecutionResponse>(new SignalWorkflowExecutionRequest
        {
            Namespace = "default",
            WorkflowExecution = new WorkflowExecution { WorkflowId = id },
            SignalName = "s",
        });

    private static GetWorkflowExecutionHistoryRequest Request(string id) => new()
    {
        Namespace = "default",
        Execution = new WorkflowExecution { WorkflowId = id },
    };
}
