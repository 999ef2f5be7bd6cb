using System.Collections.Concurrent;
using System.Diagnostics;
using AugmentedOS.Engine.Tests.Api;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Engine.Tests.Hosting;

/// <summary>A caller's trace goes on through the engine.</summary>
public sealed class TracingTests(EngineFixture engine) : IClassFixture<EngineFixture>, IDisposable
{
    private readonly ActivityTraceId _trace = ActivityTraceId.CreateRandom();
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Activity>> _awaited = new(StringComparer.Ordinal);
    private ActivityListener? _listener;

    [Fact]
    public async Task Call_WhenItsCallerIsInATrace_GoesOnToTheDecisionTheCommitAndTheWaitingWorker()
    {
        Listen();
        var worker = new WireWorker(engine.Client);
        var polling = worker.PollAsync();
        await WaitForThePollAsync(worker.Queue);

        await StartAsync(worker);
        await polling;

        var dispatch = await SpanAsync("dispatch WorkflowTask");
        var commit = await SpanAsync("commit");
        var decide = await SpanAsync("decide StartExecution");
        var call = await SpanAsync("StartWorkflowExecution");
        Assert.Equal(
            (commit.SpanId, decide.SpanId, call.SpanId), (dispatch.ParentSpanId, commit.ParentSpanId, decide.ParentSpanId));
        Assert.Equal(worker.WorkflowId, decide.GetTagItem("temporalWorkflowID"));
    }

    [Fact]
    public async Task Call_WhenItIsRefused_SaysWhyInItsSpan()
    {
        Listen();
        var worker = new WireWorker(engine.Client);
        await Assert.ThrowsAsync<RpcException>(() => worker.Service.StartWorkflowExecutionAsync(
            new StartWorkflowExecutionRequest { Namespace = "nowhere" }, Traced()));

        var call = await SpanAsync("StartWorkflowExecution");
        Assert.Equal((ActivityStatusCode.Error, "Namespace nowhere is not found."), (call.Status, call.StatusDescription));
    }

    public void Dispose() => _listener?.Dispose();

    private void Listen()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "AugmentedOS.Engine",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => options.TraceId == _trace
                ? ActivitySamplingResult.AllDataAndRecorded
                : ActivitySamplingResult.None,
            ActivityStopped = span =>
            {
                _spans.Enqueue(span);
                Awaited(span.OperationName).TrySetResult(span);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    private Task<Activity> SpanAsync(string name) => Awaited(name).Task.WaitAsync(TimeSpan.FromSeconds(20));

    private TaskCompletionSource<Activity> Awaited(string name) => _awaited.GetOrAdd(
        name, static _ => new TaskCompletionSource<Activity>(TaskCreationOptions.RunContinuationsAsynchronously));

    private Task<StartWorkflowExecutionResponse> StartAsync(WireWorker worker) => worker.Service.StartWorkflowExecutionAsync(
        new StartWorkflowExecutionRequest
        {
            Namespace = "default",
            WorkflowId = worker.WorkflowId,
            WorkflowType = new() { Name = "Traced" },
            TaskQueue = new() { Name = worker.Queue },
            RequestId = worker.WorkflowId,
        },
        Traced());

    private RpcOptions Traced() => new()
    {
        Metadata = new Dictionary<string, string>
        {
            ["traceparent"] = $"00-{_trace}-{ActivitySpanId.CreateRandom()}-01",
        },
    };

    private async Task WaitForThePollAsync(string queue)
    {
        var request = new DescribeTaskQueueRequest { Namespace = "default", TaskQueue = new() { Name = queue } };
        while ((await engine.Client.WorkflowService.DescribeTaskQueueAsync(request)).Pollers.Count == 0)
        {
            await Task.Yield();
        }
    }
}
