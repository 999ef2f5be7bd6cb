using System.Net;
using System.Text;

namespace AugmentedOS.Engine.Tests.Api.Http;

/// <summary>The calls that Temporal's web UI makes, with the fields that it reads.</summary>
public sealed class WebUiTests(HttpEngine engine) : IClassFixture<HttpEngine>
{
    private static readonly (string, string)[] Headers = [("Caller-Type", "operator"), ("Accept", "application/json")];

    [Fact]
    public async Task Boot_WhenTheUiStarts_LearnsItsSettingsAndTheCluster()
    {
        var settings = (await engine.GetAsync("/api/v1/settings", Headers)).Expect(HttpStatusCode.OK).Json;
        var cluster = (await engine.GetAsync("/api/v1/cluster-info", Headers)).Expect(HttpStatusCode.OK).Json;
        var system = (await engine.GetAsync("/api/v1/system-info", Headers)).Expect(HttpStatusCode.OK).Json;

        Assert.False((bool)settings["Auth"]!["Enabled"]!);
        Assert.Equal("default", (string)settings["DefaultNamespace"]!);
        Assert.Equal("", (string)settings["Codec"]!["Endpoint"]!);
        Assert.Equal("active", (string)cluster["clusterName"]!);
        Assert.Equal("sqlite", (string)cluster["visibilityStore"]!);
        Assert.True((bool)system["capabilities"]!["nexus"]!);
    }

    [Fact]
    public async Task Namespaces_WhenListed_HaveWhatTheUiShows()
    {
        var listed = (await engine.GetAsync("/api/v1/namespaces?pageSize=10&nextPageToken=", Headers)).Expect(HttpStatusCode.OK).Json;
        var found = listed["namespaces"]!.AsArray().Single(ns => (string)ns!["namespaceInfo"]!["name"]! == "default")!;

        Assert.Equal("NAMESPACE_STATE_REGISTERED", (string)found["namespaceInfo"]!["state"]!);
        Assert.NotNull(found["namespaceInfo"]!["id"]);
        Assert.Equal("259200s", (string)found["config"]!["workflowExecutionRetentionTtl"]!);
        var attributes = (await engine.GetAsync("/api/v1/namespaces/default/search-attributes", Headers)).Expect(HttpStatusCode.OK);
        Assert.Equal("INDEXED_VALUE_TYPE_KEYWORD", (string)attributes.Json["systemAttributes"]!["WorkflowId"]!);
    }

    [Fact]
    public async Task Workflow_WhenStartedFromTheUi_IsListedDescribedAndEnded()
    {
        const string path = "/api/v1/namespaces/default/workflows/from-ui";
        var started = (await engine.PostAsync(
            path,
            """
            {"workflowId":"from-ui","taskQueue":{"name":"q"},"workflowType":{"name":"t"},"input":null,
            "userMetadata":{"summary":{"metadata":{"encoding":"anNvbi9wbGFpbg=="},"data":"InMi"}},"searchAttributes":null}
            """,
            Headers)).Expect(HttpStatusCode.OK).Json;
        var run = (string)started["runId"]!;

        var listed = (await engine.GetAsync(
            $"/api/v1/namespaces/default/workflows?query={Uri.EscapeDataString("WorkflowId=\"from-ui\"")}&pageSize=100&nextPageToken=",
            Headers)).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(run, (string)Assert.Single(listed["executions"]!.AsArray())!["execution"]!["runId"]!);

        var described = (await engine.GetAsync($"{path}?execution.runId={run}", Headers)).Expect(HttpStatusCode.OK).Json;
        Assert.Equal("WORKFLOW_EXECUTION_STATUS_RUNNING", (string)described["workflowExecutionInfo"]!["status"]!);
        Assert.Equal("InMi", (string)described["executionConfig"]!["userMetadata"]!["summary"]!["data"]!);

        (await engine.PostAsync(
            $"{path}/signal/hello",
            $$$"""
            {"signalName":"hello","workflowExecution":{"workflowId":"from-ui","runId":"{{{run}}}"},
            "input":{"payloads":[{"metadata":{"encoding":"anNvbi9wbGFpbg=="},"data":"MQ=="}]}}
            """,
            Headers)).Expect(HttpStatusCode.OK);
        (await engine.PostAsync(
            $"{path}/cancel",
            $$"""{"workflowExecution":{"workflowId":"from-ui","runId":"{{run}}"},"requestId":"r"}""",
            Headers)).Expect(HttpStatusCode.OK);
        (await engine.PostAsync(
            $"{path}/terminate",
            $$"""{"workflowExecution":{"workflowId":"from-ui","runId":"{{run}}"},"reason":"seen enough","identity":"me","firstExecutionRunId":"{{run}}"}""",
            Headers)).Expect(HttpStatusCode.OK);

        var newest = (await engine.GetAsync($"{path}/history-reverse?execution.runId={run}&maximumPageSize=20&nextPageToken=", Headers))
            .Expect(HttpStatusCode.OK).Json;
        Assert.Equal(
            "seen enough",
            (string)newest["history"]!["events"]![0]!["workflowExecutionTerminatedEventAttributes"]!["reason"]!);
        var signalled = newest["history"]!["events"]!.AsArray()
            .Single(e => (string)e!["eventType"]! == "EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED")!;
        Assert.Equal(
            "MQ==", (string)signalled["workflowExecutionSignaledEventAttributes"]!["input"]!["payloads"]![0]!["data"]!);
    }

    [Fact]
    public async Task Counts_WhenGrouped_HaveBase64JsonValues()
    {
        await engine.PostAsync(
            "/api/v1/namespaces/default/workflows/counted", """{"workflowType":{"name":"t"},"taskQueue":{"name":"q"}}""", Headers);

        var counted = (await engine.GetAsync(
            "/api/v1/namespaces/default/workflow-count?query=GROUP%20BY%20ExecutionStatus", Headers)).Expect(HttpStatusCode.OK).Json;

        var values = counted["groups"]!.AsArray().Select(group => Encoding.UTF8.GetString(
            Convert.FromBase64String((string)group!["groupValues"]![0]!["data"]!)));
        Assert.Contains("\"Running\"", values);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task TaskQueue_WhenDescribedByNumber_IsDescribed(int type) => Assert.Equal(
        HttpStatusCode.OK, (await engine.GetAsync($"/api/v1/namespaces/default/task-queues/q?taskQueueType={type}", Headers)).Status);

    [Fact]
    public async Task History_WhenDownloaded_IsAnArrayOfAllEvents()
    {
        const string path = "/api/v1/namespaces/default/workflows/down%2Fload";
        var run = (string)(await engine.PostAsync(
            path, """{"workflowType":{"name":"t"},"taskQueue":{"name":"q"},"input":[1]}""", Headers)).Json["runId"]!;
        for (var n = 0; n < 300; n++)
        {
            await engine.PostAsync($"{path}/signal/s", "{}", Headers);
        }

        var file = (await engine.GetAsync($"{path}/run/{run}/history.json", Headers)).Expect(HttpStatusCode.OK);

        var events = file.Json.AsArray();
        Assert.Equal(Enumerable.Range(1, 302).Select(id => $"{id}"), events.Select(e => (string)e!["eventId"]!));
        Assert.Equal(
            "MQ==", (string)events[0]!["workflowExecutionStartedEventAttributes"]!["input"]!["payloads"]![0]!["data"]!);
    }

    [Fact]
    public async Task History_WhenTheRunIsUnknown_IsNotFound() => Assert.Equal(
        HttpStatusCode.NotFound,
        (await engine.GetAsync($"/api/v1/namespaces/default/workflows/none/run/{Guid.NewGuid()}/history.json", Headers)).Status);
}
