using Google.Protobuf;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace AugmentedOS.Engine.Tests.Api;

/// <summary>Going back, on the wire and as the official SDK sees it.</summary>
public sealed class ResetRpcTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private const string Ns = "default";

    public static TheoryData<IMessage, StatusCode, string> Refusals => new()
    {
        { Request("w", 3, r => r.RequestId = ""), StatusCode.InvalidArgument, "RequestId is not set on request." },
        {
            Request("w", 3, r => r.RequestId = new string('x', 1001)),
            StatusCode.InvalidArgument,
            "RequestId length exceeds limit."
        },
        {
            Request("w", 3, r => r.WorkflowExecution = null),
            StatusCode.InvalidArgument,
            "Execution is not set on request."
        },
        { Request("never-started", 3), StatusCode.NotFound, "workflow not found for ID: never-started" },
        {
            Request("w", 3, r => r.Namespace = "nowhere"), StatusCode.NotFound, "Namespace nowhere is not found."
        },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Reset_WhenSomethingIsWrong_IsRefusedInAServersWords(IMessage request, StatusCode code, string text)
    {
        using var raw = new RawEngine(engine.Address);

        var refusal = await raw.RefusedAsync(request);

        Assert.Equal(code, refusal.StatusCode);
        Assert.Equal(text, refusal.Status.Detail);
    }

    [Fact]
    public async Task Reset_OfARunningWorkflow_RunsItAgainFromThere()
    {
        using var worker = Worker();
        await worker.ExecuteAsync(async () =>
        {
            var handle = await StartAsync();
            Assert.Equal(0, await handle.QueryAsync(wf => wf.Count)); // The first workflow task is behind it.
            await handle.SignalAsync(wf => wf.AddAsync("a"));
            await handle.SignalAsync(wf => wf.AddAsync("b"));
            while (await handle.QueryAsync(wf => wf.Count) < 2)
            {
            }

            var reset = await ResetAsync(handle, eventId: 4);
            await handle.SignalAsync(wf => wf.AddAsync("c"));

            Assert.Equal("abc", await engine.Client.GetWorkflowHandle<Adding, string>(handle.Id).GetResultAsync());
            var history = await engine.Client.GetWorkflowHandle(handle.Id, reset).FetchHistoryAsync();
            Assert.Equal(
                [
                    EventType.WorkflowExecutionStarted,
                    EventType.WorkflowTaskScheduled,
                    EventType.WorkflowTaskStarted,
                    EventType.WorkflowTaskFailed,
                    EventType.WorkflowExecutionSignaled,
                    EventType.WorkflowExecutionSignaled,
                    EventType.WorkflowTaskScheduled,
                ],
                history.Events.Take(7).Select(e => e.EventType));
            var described = await engine.Client.WorkflowService.DescribeWorkflowExecutionAsync(new()
            {
                Namespace = Ns,
                Execution = new() { WorkflowId = handle.Id, RunId = handle.FirstExecutionRunId },
            });
            Assert.Equal(WorkflowExecutionStatus.Terminated, described.WorkflowExecutionInfo.Status);
            Assert.Equal(reset, described.WorkflowExtendedInfo.ResetRunId);
        });
    }

    [Fact]
    public async Task Reset_OfAClosedWorkflow_RunsItAgain()
    {
        using var worker = Worker();
        await worker.ExecuteAsync(async () =>
        {
            var handle = await StartAsync();
            foreach (var text in new[] { "a", "b", "c" })
            {
                await handle.SignalAsync(wf => wf.AddAsync(text));
            }

            Assert.Equal("abc", await handle.GetResultAsync());

            var reset = await ResetAsync(handle, eventId: 3, r => r.ResetReapplyExcludeTypes.Add(ResetReapplyExcludeType.Signal));
            foreach (var text in new[] { "x", "y", "z" })
            {
                await handle.SignalAsync(wf => wf.AddAsync(text));
            }

            Assert.Equal("xyz", await engine.Client.GetWorkflowHandle<Adding, string>(handle.Id, reset).GetResultAsync());
        });
    }

    [Fact]
    public async Task Reset_OfALongHistory_LeavesAHistoryThatCanBeReadInPages()
    {
        using var raw = new RawEngine(engine.Address);
        var handle = await StartAsync();
        for (var i = 0; i < 300; i++)
        {
            await handle.SignalAsync(wf => wf.AddAsync("x"));
        }

        using var worker = Worker();
        await worker.ExecuteAsync(() => handle.GetResultAsync());
        var before = (await handle.FetchHistoryAsync()).Events;
        var completed = before.First(e => e.EventType == EventType.WorkflowTaskCompleted);

        var reset = await ResetAsync(handle, completed.EventId);

        var after = new List<HistoryEvent>();
        var request = new GetWorkflowExecutionHistoryRequest
        {
            Namespace = Ns,
            Execution = new() { WorkflowId = handle.Id, RunId = reset },
            MaximumPageSize = 50,
        };
        do
        {
            var page = await raw.CallAsync<GetWorkflowExecutionHistoryResponse>(request);
            Assert.InRange(page.History.Events.Count, 1, 50 + 64);
            after.AddRange(page.History.Events);
            request.NextPageToken = page.NextPageToken;
        }
        while (!request.NextPageToken.IsEmpty);

        var copied = (int)completed.EventId - 1;
        Assert.Equal(before.Take(copied), after.Take(copied));
        Assert.Equal(Enumerable.Range(1, after.Count).Select(id => (long)id), after.Select(e => e.EventId));
    }

    private static ResetWorkflowExecutionRequest Request(
        string workflowId, long eventId, Action<ResetWorkflowExecutionRequest>? set = null)
    {
        var request = new ResetWorkflowExecutionRequest
        {
            Namespace = Ns,
            WorkflowExecution = new() { WorkflowId = workflowId },
            WorkflowTaskFinishEventId = eventId,
            RequestId = Guid.NewGuid().ToString(),
            Reason = "test",
        };
        set?.Invoke(request);
        return request;
    }

    private async Task<string> ResetAsync(
        WorkflowHandle handle, long eventId, Action<ResetWorkflowExecutionRequest>? set = null) =>
        (await engine.Client.WorkflowService.ResetWorkflowExecutionAsync(Request(handle.Id, eventId, set))).RunId;

    private TemporalWorker Worker() =>
        new(engine.Client, new TemporalWorkerOptions("resets").AddWorkflow<Adding>());

    private Task<WorkflowHandle<Adding, string>> StartAsync() => engine.Client.StartWorkflowAsync(
        (Adding wf) => wf.RunAsync(), new WorkflowOptions($"reset-{Guid.NewGuid()}", "resets"));

    [Workflow]
    public sealed class Adding
    {
        private readonly List<string> _texts = [];

        [WorkflowQuery]
        public int Count => _texts.Count;

        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            await Workflow.WaitConditionAsync(() => _texts.Count >= 3);
            return string.Concat(_texts.Take(3));
        }

        [WorkflowSignal]
        public Task AddAsync(string text)
        {
            _texts.Add(text);
            return Task.CompletedTask;
        }
    }
}
