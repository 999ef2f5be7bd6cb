using System.IO.Compression;
using AugmentedOS.Engine.Hosting.Environments;
using AugmentedOS.Workflows.Replay;
using Google.Protobuf;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Workflows.Tests.Replay;

/// <summary>Histories as files.</summary>
public sealed class FolderHistoriesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("histories").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Run_WhenItIsWrittenAndRead_IsTheSame()
    {
        var run = await RecordAsync(id: "order/1 of 2");

        var file = await HistoryFile.WriteAsync(Path.Combine(_folder, "new"), run);
        var read = await HistoryFile.ReadAsync(file);

        Assert.EndsWith(".json.gz", file, StringComparison.Ordinal);
        Assert.Equal((run.WorkflowId, run.RunId, run.WorkflowType), (read.WorkflowId, read.RunId, read.WorkflowType));
        Assert.Equal(run.History.Events, read.History.Events);
    }

    [Theory]
    [InlineData("order.json")]
    [InlineData("order.json.gz")]
    [InlineData("order.pb")]
    [InlineData("order.pb.gz")]
    public async Task Folder_WhenAFileIsOfAKnownForm_ReplaysIt(string name)
    {
        var run = await RecordAsync();
        await WriteAsync(name, run);

        var report = await HistoryReplay.RunAsync(
            WorkflowBuild.Of(typeof(OrderVersions.First)), new FolderHistories(_folder));

        Assert.True(report.IsSuccess);
        Assert.Equal(run.WorkflowId, report.Runs.Single().WorkflowId);
    }

    [Fact]
    public async Task Folder_WhenASampleIsAskedFor_GivesNoMore()
    {
        await using var environment = await EngineEnvironment.StartAsync();
        for (var i = 0; i < 2; i++)
        {
            await HistoryFile.WriteAsync(
                _folder, await RecordedOrders.RecordAsync<OrderVersions.First>(environment, isOpen: true));
            await HistoryFile.WriteAsync(
                _folder, await RecordedOrders.RecordAsync<OrderVersions.First>(environment, isOpen: false));
        }

        Assert.Equal(["Completed", "Completed", "Open", "Open"], await StatesAsync(new()));
        Assert.Equal(["Completed", "Open"], await StatesAsync(new() { PerType = 1 }));
        Assert.Equal(["Open", "Open"], await StatesAsync(new() { Runs = RunChoice.Open }));
        Assert.Equal(["Completed", "Completed"], await StatesAsync(new() { Runs = RunChoice.Closed }));
        Assert.Empty(await StatesAsync(new() { Runs = RunChoice.Failed }));
        Assert.Empty(await StatesAsync(new() { WorkflowTypes = ["Another"] }));
        Assert.Empty(await StatesAsync(new() { StartedFrom = DateTimeOffset.UtcNow.AddYears(1) }));
        Assert.Empty(await StatesAsync(new() { StartedBefore = DateTimeOffset.UtcNow.AddYears(-1) }));
    }

    [Fact]
    public async Task Folder_WhenItIsMissing_SaysWhatToGive()
    {
        var missing = Path.Combine(_folder, "none");

        var refused = await Assert.ThrowsAsync<ReplayException>(() => StatesAsync(new(), missing));

        Assert.Equal($"There is no folder '{missing}'. Give the folder that holds the history files.", refused.Message);
    }

    [Theory]
    [InlineData("a.json", "{\"events\": 1}")]
    [InlineData("b.json", "no json")]
    [InlineData("c.json", "{}")]
    [InlineData("d.json.gz", "not compressed")]
    [InlineData("e.pb", "no protobuf")]
    public async Task File_WhenItIsNoHistory_IsNamedWithTheWayToGetOne(string name, string content)
    {
        var file = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(file, content);

        var refused = await Assert.ThrowsAsync<ReplayException>(() => StatesAsync(new()));

        Assert.StartsWith($"'{file}' is no workflow history", refused.Message, StringComparison.Ordinal);
        Assert.Contains("temporal workflow show --output json", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<RecordedRun> RecordAsync(string? id = null)
    {
        await using var environment = await EngineEnvironment.StartAsync();
        return await RecordedOrders.RecordAsync<OrderVersions.First>(environment, isOpen: true, id);
    }

    private async Task<IEnumerable<string>> StatesAsync(HistorySample sample, string? folder = null)
    {
        var states = new List<string>();
        await foreach (var run in new FolderHistories(folder ?? _folder)
            .ReadAsync(sample, null, CancellationToken.None))
        {
            states.Add(run.State.ToString());
        }

        return states.Order(StringComparer.Ordinal);
    }

    private async Task WriteAsync(string name, RecordedRun run)
    {
        var content = name.StartsWith("order.pb", StringComparison.Ordinal)
            ? new History { Events = { run.History.Events } }.ToByteArray()
            : System.Text.Encoding.UTF8.GetBytes(run.History.ToJson());
        await using var file = File.Create(Path.Combine(_folder, name));
        await using Stream written = name.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(file, CompressionMode.Compress)
            : file;
        await written.WriteAsync(content);
    }
}
