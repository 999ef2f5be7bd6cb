using System.Net;
using Temporalio.Worker;

namespace AugmentedOS.Engine.Tests.Api.Http;

/// <summary>What callers without an SDK see.</summary>
public sealed class HttpApiTests(HttpEngine engine) : IClassFixture<HttpEngine>
{
    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json+pretty")]
    public async Task Workflow_InShorthand_IsStartedQueriedSignalledAndRead(string accept)
    {
        var queue = $"http-{accept}";
        var path = $"/api/v1/namespaces/default/workflows/short-{accept.Length}";
        using var worker = new TemporalWorker(
            engine.Engine.Client, new TemporalWorkerOptions(queue).AddWorkflow<EchoWorkflow>());
        await worker.ExecuteAsync(async () =>
        {
            var start = $$"""{"workflowType":{"name":"EchoWorkflow"},"taskQueue":{"name":"{{queue}}"},"input":[{"Text":"in"}]}""";
            var started = (await engine.PostAsync(path, start, ("Accept", accept))).Expect(HttpStatusCode.OK);
            Assert.NotEmpty((string)started.Json["runId"]!);

            var again = (await engine.PostAsync(path, start, ("Accept", accept))).Expect(HttpStatusCode.Conflict);
            Assert.Contains("already running", (string)again.Json["message"]!, StringComparison.Ordinal);
            Assert.Equal((string)started.Json["runId"]!, (string)again.Json["details"]![0]!["runId"]!);
            Assert.Equal(
                "type.googleapis.com/temporal.api.errordetails.v1.WorkflowExecutionAlreadyStartedFailure",
                (string)again.Json["details"]![0]!["@type"]!);

            var asked = await engine.PostAsync(
                $"{path}/query/Echo", """{"query":{"queryArgs":[{"Text":"asked"}]}}""", ("Accept", accept));
            Assert.Equal("""[{"Text":"asked"}]""", asked.Expect(HttpStatusCode.OK).Json["queryResult"]!.ToJsonString());

            (await engine.PostAsync($"{path}/signal/Finish", """{"input":["done"]}""", ("Accept", accept))).Expect(HttpStatusCode.OK);
            var history = await engine.GetAsync($"{path}/history?historyEventFilterType=2&waitNewEvent=true", ("Accept", accept));
            var last = Assert.Single(history.Expect(HttpStatusCode.OK).Json["history"]!["events"]!.AsArray())!;
            Assert.Equal("EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED", (string)last["eventType"]!);
            Assert.Equal(
                """[{"Text":"in done"}]""", last["workflowExecutionCompletedEventAttributes"]!["result"]!.ToJsonString());
            Assert.Equal(accept.Contains("pretty", StringComparison.Ordinal), history.Body.Contains('\n', StringComparison.Ordinal));
            Assert.Equal(accept, history.ContentType);
        });
    }

    [Theory]
    [InlineData("", "Accept", "application/json+no-payload-shorthand")]
    [InlineData("?noPayloadShorthand", "Accept", "application/json")]
    [InlineData("?pretty&noPayloadShorthand", "Accept", "*/*")]
    [InlineData("", "Caller-Type", "operator")]
    public async Task Payloads_WhenTheFullFormIsWanted_AreInIt(string query, string header, string value)
    {
        var path = $"/api/v1/namespaces/default/workflows/full-{query.Length}-{header}";
        await engine.PostAsync(path, """{"workflowType":{"name":"t"},"taskQueue":{"name":"q"},"input":[1]}""");

        var history = (await engine.GetAsync($"{path}/history{query}", (header, value))).Expect(HttpStatusCode.OK);

        Assert.Equal(
            """{"payloads":[{"metadata":{"encoding":"anNvbi9wbGFpbg=="},"data":"MQ=="}]}""",
            history.Json["history"]!["events"]![0]!["workflowExecutionStartedEventAttributes"]!["input"]!.ToJsonString());
        Assert.Equal(query.Contains("pretty", StringComparison.Ordinal), history.Body.Contains('\n', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Legacy_WhenThePathHasNoPrefix_IsTheSame()
    {
        var old = await engine.GetAsync("/system-info");
        var current = await engine.GetAsync("/api/v1/system-info");

        Assert.Equal(current, old);
        Assert.Equal("1.32.0", (string)old.Json["serverVersion"]!);
        Assert.True((bool)old.Json["capabilities"]!["sdkMetadata"]!);
        Assert.Equal("active", (string)(await engine.GetAsync("/cluster")).Json["clusterName"]!);
        Assert.NotNull((await engine.GetAsync("/cluster/namespaces/default")).Json["namespaceInfo"]);
    }

    [Fact]
    public async Task Call_WhenItComesOverHttp_IsCountedAsThat()
    {
        await engine.GetAsync("/api/v1/namespaces/default");

        Assert.Contains(
            "http_service_requests{operation=\"/temporal.api.workflowservice.v1.WorkflowService/DescribeNamespace\",namespace=\"default\"}",
            (await engine.GetAsync("/metrics")).Body,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/namespaces/nowhere/workflows", 404, 5, "Namespace nowhere is not found.")]
    [InlineData("/namespaces/default/workflows?query=Nothing%20%3D%201", 400, 3, null)]
    [InlineData("/namespaces/default/workflows/nobody", 404, 5, "workflow not found for ID: nobody")]
    public async Task Refusal_WhenRead_IsAStatus(string path, int status, int code, string? message)
    {
        var refused = (await engine.GetAsync(path)).Expect((HttpStatusCode)status);

        Assert.Equal(code, (int)refused.Json["code"]!);
        Assert.Equal(message ?? (string)refused.Json["message"]!, (string)refused.Json["message"]!);
        Assert.Equal("application/json", refused.ContentType);
    }

    [Theory]
    [InlineData("{\"a", "syntax error")]
    [InlineData("{\"nothing\":1}", "unknown field \"nothing\" in temporal.api.workflowservice.v1.StartWorkflowExecutionRequest")]
    public async Task Body_WhenItCannotBeRead_IsABadRequest(string body, string message)
    {
        var refused = (await engine.PostAsync("/api/v1/namespaces/default/workflows/w", body)).Expect(HttpStatusCode.BadRequest);

        Assert.Equal(3, (int)refused.Json["code"]!);
        Assert.StartsWith(message, (string)refused.Json["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_WhenItIsTooLarge_IsABadRequest()
    {
        var refused = (await engine.PostAsync(
            "/api/v1/namespaces/default/workflows/w", new string(' ', (4 * 1024 * 1024) + 1))).Expect(HttpStatusCode.BadRequest);

        Assert.Equal("""{"code":3,"message":"http: request body too large"}""", refused.Body);
    }

    [Fact]
    public async Task Query_WhenNobodyAnswersInTime_IsATimeout()
    {
        var path = "/api/v1/namespaces/default/workflows/unanswered";
        await engine.PostAsync(path, """{"workflowType":{"name":"t"},"taskQueue":{"name":"nobody"}}""");

        var refused = await engine.PostAsync($"{path}/query/any", "{}", ("Grpc-Timeout", "50m"));

        Assert.Equal(4, (int)refused.Expect(HttpStatusCode.GatewayTimeout).Json["code"]!);
    }

    [Fact]
    public async Task Id_WhenItHoldsASlash_IsReachedEscaped()
    {
        await engine.PostAsync(
            "/api/v1/namespaces/default/workflows/a%2Fb%20c", """{"workflowType":{"name":"t"},"taskQueue":{"name":"q"}}""");

        var described = (await engine.GetAsync("/api/v1/namespaces/default/workflows/a%2Fb%20c")).Expect(HttpStatusCode.OK);

        Assert.Equal("a/b c", (string)described.Json["workflowExecutionInfo"]!["execution"]!["workflowId"]!);
    }

    [Fact]
    public async Task Host_WhenNotAllowed_IsForbidden()
    {
        await using var strict = await EngineFixture.StartAsync(options =>
        {
            options.HttpPort = 0;
            options.DynamicConfig["frontend.httpAllowedHosts"] = """["allowed", "*.example.com"]""";
        });
        using var client = HttpEngine.ClientOf(strict);

        foreach (var host in new[] { "allowed", "allowed:7243", "a.b.example.com" })
        {
            (await HttpEngine.SendAsync(client, HttpMethod.Get, "/system-info", null, ("Host", host))).Expect(HttpStatusCode.OK);
        }

        var refused = await HttpEngine.SendAsync(client, HttpMethod.Get, "/system-info", null, ("Host", "other"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Equal("""{"code": 7, "message": "Host not allowed"}""", refused.Body);
    }

    [Fact]
    public async Task Post_WhenABrowserSendsItForAnotherSite_IsForbidden()
    {
        var refused = await engine.PostAsync(
            "/api/v1/namespaces/default/workflows/w", "{}", ("Sec-Fetch-Site", "cross-site"));

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
    }

    [Fact]
    public async Task Ports_WhenMetricsHaveTheirOwn_ServeOnlyTheirs()
    {
        await using var split = await EngineFixture.StartAsync(options =>
        {
            options.HttpPort = 0;
            options.MetricsPort = 0;
        });
        using var http = HttpEngine.ClientOf(split);
        using var metrics = new HttpClient { BaseAddress = new Uri($"http://{split.Engine.MetricsAddress}") };

        Assert.NotEqual(split.Engine.HttpAddress, split.Engine.MetricsAddress);
        (await HttpEngine.SendAsync(http, HttpMethod.Get, "/system-info", null)).Expect(HttpStatusCode.OK);
        (await HttpEngine.SendAsync(metrics, HttpMethod.Get, "/metrics", null)).Expect(HttpStatusCode.OK);
        (await HttpEngine.SendAsync(http, HttpMethod.Get, "/metrics", null)).Expect(HttpStatusCode.NotFound);
        (await HttpEngine.SendAsync(metrics, HttpMethod.Get, "/system-info", null)).Expect(HttpStatusCode.NotFound);
    }
}
