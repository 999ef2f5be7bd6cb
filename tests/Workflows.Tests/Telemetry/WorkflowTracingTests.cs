using System.Diagnostics;
using System.Text.Json;
using AugmentedOS.Workflows.Telemetry;
using OpenTelemetry;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace AugmentedOS.Workflows.Tests.Telemetry;

/// <summary>The spans that a trace shows, by the names and tags of Temporal's SDKs.</summary>
public sealed class WorkflowTracingTests : TracedTestBase
{
    [Fact]
    public async Task Trace_WhenAWorkflowRunsAnActivity_IsOneTree()
    {
        await RunAsync("once");

        Assert.Equal(
            """
            StartWorkflow:TracedWorkflow
              RunWorkflow:TracedWorkflow
                Checks
                  StartActivity:CurrentTrace
                    RunActivity:CurrentTrace
                CompleteWorkflow:TracedWorkflow
            """,
            Recorder.TreeOf(Id));
    }

    [Fact]
    public async Task Trace_WhenTheCallerIsInOne_GoesOnThroughTheActivity()
    {
        using var caller = new Activity("request").Start();

        var inActivity = await RunAsync("once");

        Assert.Equal(caller.TraceId.ToHexString(), inActivity.Split('-')[1]);
        Assert.All(Recorder.Of(Id), span => Assert.Equal(caller.TraceId, span.TraceId));
    }

    [Fact]
    public async Task Tags_WhenSpansAreMade_AreThoseOfTheSdks()
    {
        await RunAsync("once");

        var spans = Recorder.Of(Id).ToDictionary(span => span.DisplayName);
        var runId = (await Client.GetWorkflowHandle(Id).DescribeAsync()).RunId;
        Assert.Equal(
            [("temporalWorkflowID", Id), ("temporalRunID", runId)], TagsOf(spans["RunWorkflow:TracedWorkflow"]));
        Assert.Equal(
            [("temporalWorkflowID", Id), ("temporalRunID", runId), ("temporalActivityID", "1")],
            TagsOf(spans["RunActivity:CurrentTrace"]));
        Assert.Equal(
            (ActivityKind.Client, ActivityKind.Server, ActivityKind.Client, ActivityKind.Server),
            (spans["StartWorkflow:TracedWorkflow"].Kind, spans["RunWorkflow:TracedWorkflow"].Kind,
                spans["StartActivity:CurrentTrace"].Kind, spans["RunActivity:CurrentTrace"].Kind));
        Assert.Equal(
            ["Temporalio.Extensions.OpenTelemetry.Activity", "Temporalio.Extensions.OpenTelemetry.Client",
                "Temporalio.Extensions.OpenTelemetry.Workflow"],
            spans.Values.Select(span => span.Source.Name).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Header_WhenWritten_IsReadByOtherSdks()
    {
        using var caller = new Activity("request").Start();
        Baggage.SetBaggage("tenant", "north");

        await RunAsync("once");

        var started = (await Client.GetWorkflowHandle(Id).FetchHistoryAsync()).Events.First();
        var header = started.WorkflowExecutionStartedEventAttributes.Header.Fields["_tracer-data"];
        var carrier = JsonSerializer.Deserialize<Dictionary<string, string>>(header.Data.Span)!;
        var start = Recorder.Of(Id).Single(span => span.DisplayName == "StartWorkflow:TracedWorkflow");
        Assert.Equal("json/plain", header.Metadata["encoding"].ToStringUtf8());
        Assert.Equal($"00-{caller.TraceId}-{start.SpanId}-01", carrier["traceparent"]);
        Assert.Equal("tenant=north", carrier["baggage"]);
    }

    [Fact]
    public async Task Failure_WhenAnActivityEndsTheWorkflow_IsOnTheSpansOfBoth()
    {
        await Assert.ThrowsAsync<WorkflowFailedException>(() => RunAsync("fail"));

        var spans = Recorder.Of(Id).ToDictionary(span => span.DisplayName);
        Assert.Equal(ActivityStatusCode.Error, spans["RunActivity:Refuse"].Status);
        Assert.Equal("exception", Assert.Single(spans["RunActivity:Refuse"].Events).Name);
        Assert.Equal(ActivityStatusCode.Error, spans["CompleteWorkflow:TracedWorkflow"].Status);
        Assert.Equal(ActivityStatusCode.Unset, spans["RunWorkflow:TracedWorkflow"].Status);
    }

    [Fact]
    public async Task Messages_WhenHandled_AreBelowTheStartAndLinkedToTheirSenders()
    {
        using var worker = Worker();
        await worker.ExecuteAsync(async () =>
        {
            var handle = await StartAsync("wait");
            Assert.False(await handle.QueryAsync(workflow => workflow.IsReleased()));
            await Assert.ThrowsAsync<WorkflowUpdateFailedException>(
                () => handle.ExecuteUpdateAsync(workflow => workflow.ReleaseNowAsync("")));
            await handle.ExecuteUpdateAsync(workflow => workflow.ReleaseNowAsync("me"));
            await handle.GetResultAsync();
            await Assert.ThrowsAsync<RpcException>(() => handle.SignalAsync(workflow => workflow.ReleaseAsync()));
        });

        var spans = Recorder.Of(Id).ToLookup(span => span.DisplayName);
        var start = spans["StartWorkflow:TracedWorkflow"].Single();
        var (sent, handled) = (spans["UpdateWorkflow:ReleaseNow"].Last(), spans["HandleUpdate:ReleaseNow"].Single());
        Assert.Equal(start.SpanId, handled.ParentSpanId);
        Assert.Equal(sent.SpanId, Assert.Single(handled.Links).Context.SpanId);
        Assert.Equal(
            [ActivityStatusCode.Error, ActivityStatusCode.Unset],
            spans["ValidateUpdate:ReleaseNow"].Select(span => span.Status));
        Assert.Equal(start.SpanId, spans["HandleQuery:IsReleased"].Single().ParentSpanId);
        Assert.Equal(ActivityStatusCode.Error, spans["SignalWorkflow:Release"].Single().Status);
    }

    [Theory]
    [InlineData("child", "StartChildWorkflow:TracedWorkflow")]
    [InlineData("again", "RunWorkflow:TracedWorkflow")]
    public async Task Trace_WhenItGoesOnInAnotherRun_StaysOne(string what, string parent)
    {
        using var caller = new Activity("request").Start();

        var inActivity = await RunAsync(what);

        Assert.Equal(caller.TraceId.ToHexString(), inActivity.Split('-')[1]);
        var spans = Recorder.Of(Id);
        var orders = spans.Where(span => span.DisplayName == parent).Select(span => span.SpanId).ToList();
        var all = spans.Concat(await SpansOfChildrenAsync()).ToList();
        Assert.Contains(
            all, span => span.DisplayName == "RunWorkflow:TracedWorkflow" && orders.Contains(span.ParentSpanId));
    }

    [Fact]
    public async Task Spans_WhenAWorkflowIsReplayed_AreNotMadeAgain()
    {
        using (var first = Worker())
        {
            await first.ExecuteAsync(async () =>
            {
                await StartAsync("wait");
                await WaitForFirstTaskAsync();
            });
        }

        using (var second = Worker())
        {
            await second.ExecuteAsync(async () =>
            {
                await Client.GetWorkflowHandle(Id).SignalAsync("Release", []);
                await Client.GetWorkflowHandle(Id).GetResultAsync();
            });
        }

        Assert.Equal(
            """
            StartWorkflow:TracedWorkflow
              RunWorkflow:TracedWorkflow
              HandleSignal:Release
              Checks
                StartActivity:CurrentTrace
                  RunActivity:CurrentTrace
              CompleteWorkflow:TracedWorkflow
            SignalWorkflow:Release
            """,
            Recorder.TreeOf(Id));
    }

    [Fact]
    public async Task History_WhenTraced_ReplaysWithAndWithoutTracing()
    {
        await RunAsync("once");
        var history = await Client.GetWorkflowHandle(Id).FetchHistoryAsync();
        var before = Recorder.Of(Id).Count;

        foreach (var interceptors in new[] { [], new[] { new WorkflowTracing() } })
        {
            var replayer = new WorkflowReplayer(
                new WorkflowReplayerOptions { Interceptors = interceptors }.AddWorkflow<TracedWorkflow>());
            Assert.Null((await replayer.ReplayWorkflowAsync(history)).ReplayFailure);
        }

        Assert.Equal(before, Recorder.Of(Id).Count);
    }

    [Fact]
    public void StartSpan_WhenNotInAWorkflow_SaysWhatToUse()
    {
        var problem = Assert.Throws<InvalidOperationException>(() => WorkflowTracing.StartSpan("checks"));

        Assert.Contains("elsewhere start an Activity", problem.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Name, object? Value)> TagsOf(Activity span) =>
        span.TagObjects.Select(tag => (tag.Key, tag.Value));

    private TemporalWorker Worker() => new(Client, new TemporalWorkerOptions(Queue)
        .AddWorkflow<TracedWorkflow>().AddActivity(TracedWorkflow.CurrentTrace).AddActivity(TracedWorkflow.Refuse));

    private async Task<string> RunAsync(string what)
    {
        using var worker = Worker();
        return await worker.ExecuteAsync(async () => await (await StartAsync(what)).GetResultAsync());
    }

    private Task<WorkflowHandle<TracedWorkflow, string>> StartAsync(string what) =>
        Client.StartWorkflowAsync((TracedWorkflow workflow) => workflow.RunAsync(what), new(Id, Queue));

    private async Task WaitForFirstTaskAsync()
    {
        var events = Client.GetWorkflowHandle(Id).FetchHistoryEventsAsync(new() { WaitNewEvent = true });
        await foreach (var happened in events)
        {
            if (happened.EventType == EventType.WorkflowTaskCompleted)
            {
                return;
            }
        }
    }

    private async Task<List<Activity>> SpansOfChildrenAsync()
    {
        var spans = new List<Activity>();
        await foreach (var execution in Client.ListWorkflowsAsync($"TaskQueue = '{Queue}'"))
        {
            spans.AddRange(execution.Id == Id ? [] : Recorder.Of(execution.Id));
        }

        return spans;
    }
}
