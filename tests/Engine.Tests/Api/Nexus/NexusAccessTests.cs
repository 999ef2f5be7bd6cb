using System.Net;
using System.Text.Json.Nodes;
using AugmentedOS.Engine.Access;
using AugmentedOS.Engine.Tests.Api.Http;

namespace AugmentedOS.Engine.Tests.Api.Nexus;

/// <summary>Nexus over HTTP comes in by the same door as everything else.</summary>
public sealed class NexusAccessTests
{
    [Theory]
    [InlineData("/namespaces/default/task-queues/q/nexus-services/s/o")]
    [InlineData("/nexus/endpoints/0198a000-0000-7000-8000-000000000000/services/s/o")]
    [InlineData("/namespaces/default/nexus/callback")]
    [InlineData("/nexus/callback")]
    public async Task Request_WhenAccessIsOn_NeedsAGrant(string path)
    {
        var folder = Directory.CreateTempSubdirectory("audit-");
        var file = Path.Combine(folder.FullName, "audit.jsonl");
        try
        {
            await using (var engine = await EngineFixture.StartAsync(options =>
            {
                options.HttpPort = 0;
                options.Audit.File = file;
                options.Access.ApiKeys["all"] = $"sha256:{ApiKeys.HashOf("all")} temporal-system:write";
                options.Access.ApiKeys["reader"] = $"sha256:{ApiKeys.HashOf("reader")} default:read";
            }, "all"))
            {
                using var http = HttpEngine.ClientOf(engine);
                foreach (var header in new[] { "", "Bearer reader", "Bearer other" })
                {
                    var denied = await HttpEngine.SendAsync(http, HttpMethod.Post, path, "{}", ("Authorization", header));
                    Assert.Equal(HttpStatusCode.Forbidden, denied.Status);
                    Assert.Contains("permission denied", denied.Body, StringComparison.Ordinal);
                }

                var letIn = await HttpEngine.SendAsync(
                    http, HttpMethod.Post, path, "{}", ("Authorization", "Bearer all"), ("Request-Timeout", "1ms"));
                Assert.NotEqual(HttpStatusCode.Forbidden, letIn.Status);
            }

            var records = File.ReadAllLines(file).Select(line => JsonNode.Parse(line)!).ToList();
            Assert.Equal(4, records.Count);
            Assert.Equal(["", "api-key:reader", "", "api-key:all"], records.Select(r => (string?)r["principal"] ?? ""));
            Assert.All(records, record => Assert.Equal(path, (string)record["target"]!));
            Assert.Equal("PermissionDenied", (string)records[0]["outcome"]!);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
