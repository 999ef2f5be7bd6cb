using AugmentedOS.Engine.Tests.Api;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace AugmentedOS.Engine.Tests.Hosting;

/// <summary>The names and tags that dashboards and alerts of a Temporal server rest on.</summary>
public sealed class MetricsTests : IAsyncLifetime
{
    private EngineFixture _engine = null!;

    public async ValueTask InitializeAsync(
        ) => _engine = await EngineFixture.StartAsync(options => options.HttpPort = 0);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Runs_WhenTheyEnd_AreCountedByHowTheyEnded()
    {
        await RunAsync("chain", 2);
        await Assert.ThrowsAsync<WorkflowFailedException>(() => RunAsync("fail", 0));

        const string tags = "operation=\"WorkflowCompletionStats\",namespace=\"default\",taskqueue=\"__omitted__\","
            + "workflowType=\"ProcessingWorkflow\"";
        var metrics = await MetricsAsync();

        Assert.Contains($"workflow_success{{{tags}}} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains($"workflow_failed{{{tags}}} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains($"workflow_continued_as_new{{{tags}}} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains($"workflow_schedule_to_close_latency_count{{{tags}}} 3\n", metrics, StringComparison.Ordinal);
        Assert.Contains(
            "history_count_bucket{operation=\"WorkflowCompletionStats\",namespace=\"default\",le=\"5\"} 3\n",
            metrics,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Activities_WhenAttemptsFail_CountAttemptsAndActivitiesApart()
    {
        await RunAsync("retry", 0);

        var metrics = await MetricsAsync();

        Assert.Contains(
            "activity_task_fail{operation=\"RespondActivityTaskFailed\",namespace=\"default\",",
            metrics,
            StringComparison.Ordinal);
        Assert.Contains("activityType=\"FailTwice\",timeout_type=\"\"} 2\n", metrics, StringComparison.Ordinal);
        Assert.Contains(
            "activity_success{operation=\"RespondActivityTaskCompleted\",namespace=\"default\",",
            metrics,
            StringComparison.Ordinal);
        Assert.DoesNotContain("activity_fail{", metrics, StringComparison.Ordinal);
        Assert.Contains(
            "command{commandType=\"ScheduleActivityTask\",namespace=\"default\"} 1\n",
            metrics,
            StringComparison.Ordinal);
        Assert.Contains(
            "history_events{event_type=\"ActivityTaskCompleted\",namespace=\"default\"} 1\n",
            metrics,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_WhenRefused_AreCountedByTypeAndKnownNamespace()
    {
        using var raw = new RawEngine(_engine.Address);
        await raw.RefusedAsync(new Temporalio.Api.WorkflowService.V1.TerminateWorkflowExecutionRequest
        {
            Namespace = "default",
            WorkflowExecution = new() { WorkflowId = "nobody" },
        });
        await raw.RefusedAsync(new Temporalio.Api.WorkflowService.V1.CountWorkflowExecutionsRequest
        {
            Namespace =
            "nowhere"
        });

        var metrics = await MetricsAsync();

        Assert.Contains(
            "service_error_with_type{operation=\"TerminateWorkflowExecution\",namespace=\"default\",service_name=\"frontend\","
            + "error_type=\"serviceerror_NotFound\"} 1\n",
            metrics,
            StringComparison.Ordinal);
        Assert.Contains(
            "service_error_with_type{operation=\"CountWorkflowExecutions\",namespace=\"_unknown_\",service_name=\"frontend\","
            + "error_type=\"serviceerror_NamespaceNotFound\"} 1\n",
            metrics,
            StringComparison.Ordinal);
        Assert.DoesNotContain("service_errors{", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Histories_WhenWaitedFor_AreCountedApartFromReads()
    {
        await RunAsync("echo", 1);

        var metrics = await MetricsAsync();

        Assert.Contains(
            "service_requests{operation=\"PollWorkflowExecutionHistory\",", metrics, StringComparison.Ordinal);
    }

    private async Task<string> MetricsAsync()
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{_engine.Engine.HttpAddress}") };
        return await http.GetStringAsync("/metrics");
    }

    private async Task<string> RunAsync(string what, int step)
    {
        var options = new TemporalWorkerOptions($"queue-{Guid.NewGuid():N}")
            .AddWorkflow<ProcessingWorkflow>()
            .AddAllActivities(typeof(ProcessingWorkflow), null);
        using var worker = new TemporalWorker(_engine.Client, options);
        return await worker.ExecuteAsync(() => _engine.Client.ExecuteWorkflowAsync(
            (ProcessingWorkflow wf) => wf.RunAsync(what, step),
            new WorkflowOptions($"metrics-{Guid.NewGuid():N}", options.TaskQueue!)));
    }
}
