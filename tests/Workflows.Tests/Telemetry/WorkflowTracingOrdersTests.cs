using System.Diagnostics;
using Temporalio.Api.Nexus.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Client;
using Temporalio.Worker;

namespace AugmentedOS.Workflows.Tests.Telemetry;

/// <summary>Traces through what is ordered and called in less common ways.</summary>
public sealed class WorkflowTracingOrdersTests : TracedTestBase
{
    [Fact]
    public async Task Trace_WhenAWorkflowOrdersAllKinds_GoesOnInEachOfThem()
    {
        var other = $"{Id}-other";
        await Client.OperatorService.CreateNexusEndpointAsync(new CreateNexusEndpointRequest
        {
            Spec = new EndpointSpec
            {
                Name = "echo",
                Target = new EndpointTarget { Worker = new() { Namespace = "default", TaskQueue = Queue } },
            },
        });
        using var caller = new Activity("request").Start();

        await WithWorkerAsync(async () =>
        {
            var waits = await Client.StartWorkflowAsync(
                (TracedWorkflow workflow) => workflow.RunAsync("wait"), new(other, Queue));
            await Client.ExecuteWorkflowAsync(
                (OrderingWorkflow workflow) => workflow.RunAsync("echo", other), new(Id, Queue));
            await waits.GetResultAsync();
        });

        Assert.Equal(
            """
            StartWorkflow:OrderingWorkflow
              RunWorkflow:OrderingWorkflow
                StartActivity:CurrentTrace
                  RunActivity:CurrentTrace
                StartNexusOperation:EchoService/Echo
                SignalExternalWorkflow:Release
                CompleteWorkflow:OrderingWorkflow
            """,
            Recorder.TreeOf(Id));
        var ordered = Recorder.Of(Id).ToDictionary(span => span.DisplayName);
        var handled = Recorder.In(caller.TraceId)
            .Single(span => span.DisplayName == "RunStartNexusOperationHandler:EchoService/Echo");
        Assert.Equal(ordered["StartNexusOperation:EchoService/Echo"].SpanId, handled.ParentSpanId);
        var signalled = Recorder.Of(other).Single(span => span.DisplayName == "HandleSignal:Release");
        Assert.Equal(ordered["SignalExternalWorkflow:Release"].SpanId, Assert.Single(signalled.Links).Context.SpanId);
    }

    [Fact]
    public async Task Trace_WhenASignalStartsTheWorkflow_IsNamedForBoth()
    {
        await WithWorkerAsync(async () =>
        {
            var options = new WorkflowOptions(Id, Queue);
            options.SignalWithStart((TracedWorkflow workflow) => workflow.ReleaseAsync());
            await Client.ExecuteWorkflowAsync((TracedWorkflow workflow) => workflow.RunAsync("wait"), options);
        });

        var spans = Recorder.Of(Id).ToDictionary(span => span.DisplayName);
        var start = spans["SignalWithStartWorkflow:TracedWorkflow"];
        Assert.Equal(start.SpanId, spans["RunWorkflow:TracedWorkflow"].ParentSpanId);
        Assert.Equal(start.SpanId, Assert.Single(spans["HandleSignal:Release"].Links).Context.SpanId);
    }

    [Fact]
    public async Task Trace_WhenAnUpdateStartsTheWorkflow_IsNamedForBoth()
    {
        await WithWorkerAsync(async () =>
        {
            var start = WithStartWorkflowOperation.Create(
                (TracedWorkflow workflow) => workflow.RunAsync("wait"),
                new(Id, Queue) { IdConflictPolicy = Temporalio.Api.Enums.V1.WorkflowIdConflictPolicy.Fail });
            await Client.ExecuteUpdateWithStartWorkflowAsync(
                (TracedWorkflow workflow) => workflow.ReleaseNowAsync("me"), new(start) { Id = "release" });
            await (await start.GetHandleAsync()).GetResultAsync();
        });

        var spans = Recorder.Of(Id).ToDictionary(span => span.DisplayName);
        var both = spans["UpdateWithStartWorkflow:TracedWorkflow"];
        Assert.Equal("release", both.GetTagItem("temporalUpdateID"));
        Assert.Equal(both.SpanId, spans["RunWorkflow:TracedWorkflow"].ParentSpanId);
        Assert.Equal(both.SpanId, Assert.Single(spans["HandleUpdate:ReleaseNow"].Links).Context.SpanId);
    }

    [Fact]
    public async Task Trace_WhenAnActivityRunsByItself_HasItsCallAndItsRun()
    {
        using var caller = new Activity("request").Start();

        var inActivity = await WithWorkerAsync(() => Client.ExecuteActivityAsync<string>(
            "CurrentTrace", [], new(Id, Queue) { StartToCloseTimeout = TimeSpan.FromMinutes(1) }));

        var spans = Recorder.In(caller.TraceId).ToDictionary(span => span.DisplayName);
        Assert.Equal(Id, spans["StartActivity:CurrentTrace"].GetTagItem("temporalActivityID"));
        Assert.Equal(spans["StartActivity:CurrentTrace"].SpanId, spans["RunActivity:CurrentTrace"].ParentSpanId);
        Assert.Equal(spans["RunActivity:CurrentTrace"].Id, inActivity);
    }

    private Task<bool> WithWorkerAsync(Func<Task> body) => WithWorkerAsync(async () =>
    {
        await body();
        return true;
    });

    private async Task<T> WithWorkerAsync<T>(Func<Task<T>> body)
    {
        using var worker = new TemporalWorker(Client, new TemporalWorkerOptions(Queue)
            .AddWorkflow<TracedWorkflow>().AddWorkflow<OrderingWorkflow>()
            .AddActivity(TracedWorkflow.CurrentTrace).AddActivity(TracedWorkflow.Refuse)
            .AddNexusService(new OrderingWorkflow.EchoHandler()));
        return await worker.ExecuteAsync(body);
    }
}
