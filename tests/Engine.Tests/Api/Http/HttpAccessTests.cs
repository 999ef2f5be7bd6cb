using System.Net;
using System.Text.Json.Nodes;
using AugmentedOS.Engine.Access;

namespace AugmentedOS.Engine.Tests.Api.Http;

/// <summary>Over HTTP the same door stands in the way as over gRPC.</summary>
public sealed class HttpAccessTests
{
    [Fact]
    public async Task Call_WhenAccessIsOn_NeedsAGrant()
    {
        await using var engine = await EngineFixture.StartAsync(WithReader, "reader");
        using var client = HttpEngine.ClientOf(engine);
        const string list = "/api/v1/namespaces/default/workflows";
        const string start = """{"workflowType":{"name":"t"},"taskQueue":{"name":"q"}}""";

        var denied = await HttpEngine.SendAsync(client, HttpMethod.Get, list, null);
        Assert.Equal((HttpStatusCode.Forbidden, 7), (denied.Status, (int)denied.Json["code"]!));
        Assert.Equal("Request unauthorized.", (string)denied.Json["message"]!);
        (await HttpEngine.SendAsync(client, HttpMethod.Get, list, null, ("Authorization", "Bearer other"))).Expect(HttpStatusCode.Forbidden);
        (await HttpEngine.SendAsync(client, HttpMethod.Get, list, null, ("Authorization", "Bearer reader"))).Expect(HttpStatusCode.OK);
        (await HttpEngine.SendAsync(client, HttpMethod.Post, $"{list}/w", start, ("Authorization", "Bearer reader"))).Expect(HttpStatusCode.Forbidden);
        (await HttpEngine.SendAsync(client, HttpMethod.Get, "/api/v1/system-info", null)).Expect(HttpStatusCode.OK);
        (await HttpEngine.SendAsync(client, HttpMethod.Get, "/readyz", null)).Expect(HttpStatusCode.OK);
        await HttpEngine.SendAsync(client, HttpMethod.Get, "/metrics", null);   // what nobody watches is not counted
        await HttpEngine.SendAsync(client, HttpMethod.Get, list, null);
        Assert.Contains(
            "service_errors_unauthorized{operation=\"ListWorkflowExecutions\",namespace=\"default\",service_name=\"frontend\"}",
            (await HttpEngine.SendAsync(client, HttpMethod.Get, "/metrics", null)).Body,
            StringComparison.Ordinal);
        (await HttpEngine.SendAsync(client, HttpMethod.Get, $"{list}/w/run/{Guid.NewGuid()}/history.json", null)).Expect(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Call_WhenTheRateIsUsedUp_IsTooManyWithItsCause()
    {
        await using var engine = await EngineFixture.StartAsync(options =>
        {
            options.HttpPort = 0;
            options.DynamicConfig["frontend.namespaceRPS.visibility"] = "1";
        });
        using var client = HttpEngine.ClientOf(engine);

        HttpEngine.Answer answer;
        do
        {
            answer = await HttpEngine.SendAsync(client, HttpMethod.Get, "/api/v1/namespaces/default/workflow-count", null);
        }
        while (answer.Status == HttpStatusCode.OK);

        answer.Expect(HttpStatusCode.TooManyRequests);
        Assert.Equal("namespace rate limit exceeded", (string)answer.Json["message"]!);
        Assert.Equal("RESOURCE_EXHAUSTED_CAUSE_RPS_LIMIT", (string)answer.Json["details"]![0]!["cause"]!);
    }

    [Theory]
    [InlineData("/swagger.json")]
    [InlineData("/openapi.yaml")]
    public async Task Document_WhenTheRateIsUsedUp_IsTooMany(string path)
    {
        await using var engine = await EngineFixture.StartAsync(options =>
        {
            options.HttpPort = 0;
            options.DynamicConfig["frontend.rps"] = "1";
        });
        using var client = HttpEngine.ClientOf(engine);

        HttpStatusCode status;
        do
        {
            using var answer = await client.GetAsync(path);
            status = answer.StatusCode;
        }
        while (status == HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.TooManyRequests, status);
    }

    [Fact]
    public async Task Call_WhenAudited_IsRecordedWithItsPeer()
    {
        var folder = Directory.CreateTempSubdirectory("audit-");
        var file = Path.Combine(folder.FullName, "audit.jsonl");
        try
        {
            await using (var engine = await EngineFixture.StartAsync(options =>
            {
                options.HttpPort = 0;
                options.Audit.File = file;
            }))
            {
                using var client = HttpEngine.ClientOf(engine);
                await HttpEngine.SendAsync(
                    client, HttpMethod.Post, "/api/v1/namespaces/default/workflows/w/signal/s", "{}", ("Client-Name", "curl"));
            }

            var record = JsonNode.Parse(Assert.Single(File.ReadAllLines(file)))!;
            Assert.Equal("SignalWorkflowExecution", (string)record["method"]!);
            Assert.Equal("NotFound", (string)record["outcome"]!);
            Assert.Equal("curl", (string)record["client"]!);
            Assert.Equal("w", (string)record["target"]!);
            Assert.StartsWith("127.0.0.1:", (string)record["peer"]!, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void WithReader(Engine.Hosting.WorkflowEngineOptions options)
    {
        options.HttpPort = 0;
        options.Access.ApiKeys["reader"] = $"sha256:{ApiKeys.HashOf("reader")} default:read";
    }
}
