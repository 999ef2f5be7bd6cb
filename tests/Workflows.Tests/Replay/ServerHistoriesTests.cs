using AugmentedOS.Engine.Hosting.Environments;
using AugmentedOS.Workflows.Replay;

namespace AugmentedOS.Workflows.Tests.Replay;

/// <summary>Histories taken from a server.</summary>
public sealed class ServerHistoriesTests
{
    [Fact]
    public async Task Server_WhenASampleIsAskedFor_GivesOpenAndClosedRunsOfTheBuildsTypes()
    {
        await using var environment = await EngineEnvironment.StartAsync();
        var open = await RecordedOrders.RecordAsync<OrderVersions.First>(environment, isOpen: true);
        var closed = await RecordedOrders.RecordAsync<OrderVersions.First>(environment, isOpen: false);
        var source = new ServerHistories(environment.Client);

        Assert.Equal([open.RunId, closed.RunId], await RunsAsync(source, new()));
        Assert.Equal([open.RunId], await RunsAsync(source, new() { Runs = RunChoice.Open }));
        Assert.Equal([closed.RunId], await RunsAsync(source, new() { Runs = RunChoice.Closed }));
        Assert.Equal([closed.RunId], await RunsAsync(source, new() { Runs = RunChoice.Completed }));
        Assert.Empty(await RunsAsync(source, new() { WorkflowTypes = [@"It's \ odd"] }));
        Assert.Empty(await RunsAsync(source, new() { StartedFrom = DateTimeOffset.UtcNow.AddYears(2) }));
        Assert.Equal(2, (await RunsAsync(source, new() { StartedBefore = DateTimeOffset.UtcNow.AddYears(2) })).Count);
    }

    [Fact]
    public async Task Server_WhenADeployWouldBreakOpenRuns_NamesThemAndTypesWithoutCode()
    {
        await using var environment = await EngineEnvironment.StartAsync();
        var open = await RecordedOrders.RecordAsync<OrderVersions.First>(environment, isOpen: true);
        await RecordedOrders.RecordAsync<OrderVersions.First>(environment, isOpen: false);
        await environment.Client.StartWorkflowAsync(
            "Forgotten", [], new(RecordedOrders.NewName("forgotten"), "nobody"));

        var report = await HistoryReplay.RunAsync(
            WorkflowBuild.Of(typeof(OrderVersions.Careless)), new ServerHistories(environment.Client));

        Assert.Equal(2, report.Failed.Count());
        Assert.Equal([open.WorkflowId], report.WouldBreak.Select(run => run.WorkflowId));
        Assert.Equal([("Forgotten", 1L)], report.OpenRunsOfOtherTypes.Select(type => (type.Key, type.Value)));
    }

    [Fact]
    public async Task Server_WhenHistoriesAreSaved_ReplaysThemFromTheFolderAlike()
    {
        await using var environment = await EngineEnvironment.StartAsync();
        await RecordedOrders.RecordAsync<OrderVersions.First>(environment, isOpen: true);
        var folder = Directory.CreateTempSubdirectory("saved").FullName;
        try
        {
            var build = WorkflowBuild.Of(typeof(OrderVersions.Renamed));
            var live = await HistoryReplay.RunAsync(
                build, new ServerHistories(environment.Client), options: new() { SaveTo = folder });
            var saved = await HistoryReplay.RunAsync(build, new FolderHistories(folder));

            Assert.Equal(live.Runs, saved.Runs);
            Assert.Single(live.Failed);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<string>> RunsAsync(ServerHistories source, HistorySample sample)
    {
        var runs = new List<string>();
        await foreach (var run in source.ReadAsync(sample, [OrderVersions.Name], CancellationToken.None))
        {
            runs.Add(run.RunId);
        }

        return runs;
    }
}
