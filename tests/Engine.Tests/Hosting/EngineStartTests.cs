using System.Net;
using AugmentedOS.Engine.Hosting;

namespace AugmentedOS.Engine.Tests.Hosting;

public sealed class EngineStartTests
{
    [Fact]
    public async Task Start_WhenThePortIsTaken_SaysWhichAndWhatToDo()
    {
        await using var first = await EngineFixture.StartAsync(_ => { });
        var port = IPEndPoint.Parse(first.Address).Port;

        var failure = await Assert.ThrowsAsync<EngineStartException>(
            () => EngineFixture.StartAsync(options => options.Port = port));

        Assert.Contains($"127.0.0.1:{port}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--port", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WhenTheFileIsLocked_SaysByWhom()
    {
        var directory = Directory.CreateTempSubdirectory("engine-start-");
        var file = Path.Combine(directory.FullName, "engine.db");
        try
        {
            await using var first = await EngineFixture.StartAsync(options => options.DatabasePath = file);

            var failure = await Assert.ThrowsAsync<EngineStartException>(
                () => EngineFixture.StartAsync(options => options.DatabasePath = file));

            Assert.Contains(file, failure.Message, StringComparison.Ordinal);
            Assert.Contains($"{Environment.ProcessId}", failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Start_WhenOptionsAreWrong_NamesEachWithItsValue()
    {
        var failure = await Assert.ThrowsAsync<EngineStartException>(() => EngineFixture.StartAsync(options =>
        {
            options.Ip = "localhost";
            options.Port = 70_000;
            options.SearchAttributes["Color"] = "Colour";
            options.SearchAttributes["TemporalThing"] = "Int";
            options.Namespaces.Add("");
            options.Retention = TimeSpan.FromMinutes(1);
            options.SuggestContinueAsNewAfterEvents = 0;
        }));

        Assert.Equal(
            """
            The engine's options are wrong:
              Ip is 'localhost': give an address like 127.0.0.1, 0.0.0.0 or ::1, not a host name.
              Port is 70000: give 1 to 65535, or 0 for a free port.
              Namespaces has an empty name: leave it out.
              SearchAttributes gives Color the type 'Colour': give Text, Keyword, Int, Double, Bool, Datetime or KeywordList.
              SearchAttributes: Search attribute TemporalThing is reserved by system.
              Retention is 00:01:00: give at least an hour (1:00:00).
              SuggestContinueAsNewAfterEvents is 0: give 1 to 51200, the length at which a run is terminated.
            """,
            failure.Message);
    }

    [Fact]
    public async Task Start_WhenHttpPortIsGiven_ServesHealthAndMetrics()
    {
        await using var engine = await EngineFixture.StartAsync(options => options.HttpPort = 0);
        using var http = new HttpClient { BaseAddress = new Uri($"http://{engine.Engine.HttpAddress}") };

        Assert.Equal("ok\n", await http.GetStringAsync("/healthz"));
        Assert.Equal("ready\n", await http.GetStringAsync("/readyz"));
        Assert.Contains(
            "service_requests{operation=\"GetSystemInfo\"", await http.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WhenNamespacesAreConfigured_MakesThemWithTheirAttributes()
    {
        await using var engine = await EngineFixture.StartAsync(options =>
        {
            options.Namespaces.Add("orders");
            options.SearchAttributes["Customer"] = "keyword";
        });

        var listed = await engine.Client.Connection.OperatorService.ListSearchAttributesAsync(
            new() { Namespace = "orders" });

        Assert.Equal(Temporalio.Api.Enums.V1.IndexedValueType.Keyword, listed.CustomAttributes["Customer"]);
    }
}
