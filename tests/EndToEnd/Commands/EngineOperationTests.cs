using System.Net;
using AugmentedOS.EndToEnd.Processes;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Client;
using Temporalio.Common;

namespace AugmentedOS.EndToEnd.Commands;

/// <summary>The running process from outside: health, metrics, what its options made, what a restart keeps.</summary>
public sealed class EngineOperationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Http_WhenTheEngineServes_TellsHealthReadinessAndMetrics()
    {
        await using var engine = await EngineProcess.StartReadyAsync("--db", ":memory:");
        var client = await TemporalClient.ConnectAsync(new(await engine.AddressAsync()));
        await client.StartWorkflowAsync("anything", [], new("id", "queue"));
        using var http = new HttpClient { BaseAddress = new Uri($"http://{await engine.HttpAddressAsync()}") };

        Assert.Equal("ok\n", await http.GetStringAsync("/healthz"));
        Assert.Equal("ready\n", await http.GetStringAsync("/readyz"));
        Assert.Contains("service_requests{operation=\"StartWorkflowExecution\"", await http.GetStringAsync("/metrics"));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri("/nothing", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Start_WithNamespacesAndSearchAttributes_HasThemInEach()
    {
        await using var engine = await EngineProcess.StartReadyAsync(
            "--db", ":memory:", "--namespace", "orders", "--namespace", "returns",
            "--search-attribute", "Customer=Keyword", "--search-attribute", "Amount=double");
        var client = await TemporalClient.ConnectAsync(new(await engine.AddressAsync()));

        foreach (var name in (string[])["default", "orders", "returns"])
        {
            var listed = await client.OperatorService.ListSearchAttributesAsync(
                new ListSearchAttributesRequest { Namespace = name });
            Assert.Equal(IndexedValueType.Keyword, listed.CustomAttributes["Customer"]);
            Assert.Equal(IndexedValueType.Double, listed.CustomAttributes["Amount"]);
        }
    }

    [Fact]
    public async Task Restart_AfterAKill_KeepsNamespacesRunsAndWhatIsListed()
    {
        string[] options =
        [
            "--db", _folder.Database, "--namespace", "orders", "--search-attribute", "Customer=Keyword",
        ];
        var customer = SearchAttributeKey.CreateKeyword("Customer");
        WorkflowHandle started;
        await using (var first = await EngineProcess.StartReadyAsync(options))
        {
            var client = await ConnectAsync(first, "orders");
            started = await client.StartWorkflowAsync("order", [], new("order-1", "nobody")
            {
                TypedSearchAttributes = new SearchAttributeCollection.Builder().Set(customer, "ada").ToSearchAttributeCollection(),
                Memo = new Dictionary<string, object> { ["note"] = "fragile" },
            });
            await started.SignalAsync("paid", ["42 EUR"]);
            await first.KillAsync();
        }

        // The options are given once: what they made stays.
        await using var second = await EngineProcess.StartReadyAsync("--db", _folder.Database);
        var again = await ConnectAsync(second, "orders");

        var described = await again.GetWorkflowHandle("order-1").DescribeAsync();
        Assert.Equal(started.ResultRunId, described.RunId);
        Assert.Equal("ada", described.TypedSearchAttributes.Get(customer));
        Assert.Equal("fragile", await described.Memo["note"].ToValueAsync<string>());
        Assert.Equal(1, (await again.CountWorkflowsAsync("Customer = 'ada'")).Count);
        Assert.Contains(
            (await again.GetWorkflowHandle("order-1").FetchHistoryAsync()).Events,
            e => e.EventType == EventType.WorkflowExecutionSignaled);
    }

    private static async Task<TemporalClient> ConnectAsync(EngineProcess engine, string ns) =>
        await TemporalClient.ConnectAsync(new(await engine.AddressAsync()) { Namespace = ns });
}
