using System.Text.Json;
using AugmentedOS.Engine.Hosting.Environments;
using Temporalio.Client;
using Temporalio.Worker;

namespace AugmentedOS.Cli.Tests.Replay;

/// <summary><c>aos replay</c>, against an engine's address and against folders; the build is this test's assembly.</summary>
public sealed class ReplayCommandTests : IDisposable
{
    private static readonly string Assembly = typeof(ReplayCommandTests).Assembly.Location;

    /// <summary>What never comes fails its test, and does not hold the others up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("replay").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Replay_WhenTheBuildIsAsItWas_ExitsWithSuccess()
    {
        await using var engine = await EngineEnvironment.StartAsync();
        await RecordAsync(engine, isOpen: false);
        await RecordAsync(engine, isOpen: true);

        var run = await ReplayAsync<DeliveryVersions.First>("--address", engine.Address);

        Assert.Equal((ExitCode.Ok, ""), (run.Code, run.Error));
        Assert.StartsWith("Replayed 2 runs of 1 type against AugmentedOS.Cli.Tests: 2 as recorded, 0 not.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_WhenTheBuildBreaksARun_SaysWhereAndWhomADeployWouldBreak()
    {
        await using var engine = await EngineEnvironment.StartAsync();
        var closed = await RecordAsync(engine, isOpen: false);
        var open = await RecordAsync(engine, isOpen: true);

        var run = await ReplayAsync<DeliveryVersions.Careless>("--address", engine.Address, "--namespace", "default");

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains(closed, run.Output, StringComparison.Ordinal);
        Assert.Contains("  event    5", run.Output, StringComparison.Ordinal);
        Assert.Contains("  history  TimerStarted '00:05:00'", run.Output, StringComparison.Ordinal);
        Assert.Contains("  code     activity 'Pack'", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"  source   .*DeliveryVersions\.cs:\d+ \(Careless\.RunAsync\)", run.Output);
        Assert.Contains($"A deploy would break 1 open workflow of those: {open}{Environment.NewLine}", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_WhenHistoriesAreSaved_TriesThemAgainFromTheFolder()
    {
        await using (var engine = await EngineEnvironment.StartAsync())
        {
            await RecordAsync(engine, isOpen: true);
            await ReplayAsync<DeliveryVersions.First>("--address", engine.Address, "--save", _folder);
        }

        var run = await ReplayAsync<DeliveryVersions.Careless>("--from", _folder);

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.EndsWith(".json.gz", Directory.GetFiles(_folder).Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_WhenABranchIsNotCovered_NamesItAndPasses()
    {
        await using var engine = await EngineEnvironment.StartAsync();
        await RecordAsync(engine, isOpen: true);

        var run = await ReplayAsync<DeliveryVersions.Careful>("--address", engine.Address);

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Contains("No history covers the new branch of 'packs'.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_WhenJsonIsAskedFor_WritesOneObjectWithAllOfIt()
    {
        await using var engine = await EngineEnvironment.StartAsync();
        var open = await RecordAsync(engine, isOpen: true);

        var run = await ReplayAsync<DeliveryVersions.Careless>("--address", engine.Address, "--json");

        Assert.Equal(ExitCode.Failed, run.Code);
        using var json = JsonDocument.Parse(run.Output);
        var report = json.RootElement;
        Assert.False(report.GetProperty("success").GetBoolean());
        Assert.Equal(open, report.GetProperty("wouldBreak")[0].GetProperty("workflowId").GetString());
        var problem = report.GetProperty("failed")[0].GetProperty("problem");
        Assert.Equal(5, problem.GetProperty("eventId").GetInt64());
        Assert.Equal("nondeterminism", problem.GetProperty("kind").GetString());
        Assert.Equal("activity 'Pack'", problem.GetProperty("produced").GetString());
        Assert.Equal("Careless.RunAsync", problem.GetProperty("place").GetProperty("method").GetString());
    }

    [Fact]
    public async Task Replay_WhenTheSampleIsEmpty_ExitsWithUsageAndSaysWhatToChange()
    {
        await using var engine = await EngineEnvironment.StartAsync();
        await RecordAsync(engine, isOpen: true);

        var run = await ReplayAsync<DeliveryVersions.First>("--address", engine.Address, "--status", "failed");

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.StartsWith("Nothing was replayed", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_WhenOpenRunsHaveNoCodeInTheBuild_NamesTheirType()
    {
        await using var engine = await EngineEnvironment.StartAsync();
        await RecordAsync(engine, isOpen: true);
        await engine.Client.StartWorkflowAsync("Forgotten", [], new("forgotten", "nobody"));

        var run = await ReplayAsync<DeliveryVersions.First>("--address", engine.Address);

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Contains("Open on the server, and not in the build: Forgotten (1 run).", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--per-type", "0", "'0' is no number of runs: give 1 or more.")]
    [InlineData("--since", "yesterday", "'yesterday' is no age: give one such as 7d, 12h or 30m, or a date such as 2026-01-31.")]
    [InlineData("--until", "99999999d", "'99999999d' is no age")]
    [InlineData("--status", "odd", "odd")]
    [InlineData("--address", "localhost:1", "--from takes histories from a folder, --address from a server: give one of them.")]
    public async Task Replay_WhenAnOptionIsWrong_SaysWhatToGive(string option, string value, string message)
    {
        var run = await ReplayAsync<DeliveryVersions.First>("--from", _folder, option, value);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_WhenNoServerIsThere_ExitsWithUsageAndNamesTheAddress()
    {
        var run = await ReplayAsync<DeliveryVersions.First>("--address", "127.0.0.1:1");

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.StartsWith("Cannot connect to 127.0.0.1:1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_WhenACertificateIsMissing_NamesTheFile()
    {
        var run = await ReplayAsync<DeliveryVersions.First>("--tls-ca", "none.pem");

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("none.pem", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_WhenTheAssemblyIsMissing_SaysWhatToGive()
    {
        var run = await AosRun.OfAsync("replay", "--assembly", "none.dll", "--from", _folder);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("There is no assembly 'none.dll'.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_WhenClassesShareAName_AsksForAChoice()
    {
        var run = await AosRun.OfAsync("replay", "--assembly", Assembly, "--from", _folder);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("--class", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Records a delivery: one that waits after five minutes, or one that has arrived.</summary>
    private static async Task<string> RecordAsync(EngineEnvironment engine, bool isOpen)
    {
        var queue = $"deliveries-{Guid.NewGuid():N}";
        var options = new TemporalWorkerOptions(queue).AddWorkflow<DeliveryVersions.First>();
        using var worker = new TemporalWorker(engine.Client, options);
        return await worker.ExecuteAsync(async () =>
        {
            var handle = await engine.Client.StartWorkflowAsync(
                (DeliveryVersions.First w) => w.RunAsync(), new($"delivery-{Guid.NewGuid():N}", queue));
            if (isOpen)
            {
                await WaitForTimerAsync(handle).WaitAsync(Patience);
            }
            else
            {
                await handle.SignalAsync(w => w.ArriveAsync());
                await handle.GetResultAsync().WaitAsync(Patience);
            }

            return handle.Id;
        });
    }

    private static async Task WaitForTimerAsync(WorkflowHandle handle)
    {
        await foreach (var recorded in handle.FetchHistoryEventsAsync(new() { WaitNewEvent = true }))
        {
            if (recorded.TimerStartedEventAttributes is not null)
            {
                return;
            }
        }
    }

    private static Task<AosRun> ReplayAsync<TWorkflow>(params string[] args) =>
        AosRun.OfAsync(["replay", "--assembly", Assembly, "--class", typeof(TWorkflow).FullName!, .. args]);
}
