using AugmentedOS.Engine.Hosting.Environments;
using AugmentedOS.Workflows.Replay;
using Temporalio.Converters;

namespace AugmentedOS.Workflows.Tests.Replay;

/// <summary>Histories against the code that made them, and against code that did not.</summary>
public sealed class HistoryReplayTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_WhenTheCodeIsTheSame_Replays(bool isOpen)
    {
        var replayed = await ReplayAsync<OrderVersions.First>(isOpen);

        Assert.Null(replayed.Problem);
        Assert.Equal(isOpen ? RunState.Open : RunState.Completed, replayed.State);
        Assert.False(replayed.WouldBreak);
    }

    [Fact]
    public async Task Run_WhenTheCodeDoesSomethingElse_SaysTheEventTheLineAndBothSides()
    {
        var replayed = await ReplayAsync<OrderVersions.Careless>(isOpen: true);

        var problem = Assert.IsType<ReplayProblem>(replayed.Problem);
        Assert.Equal(ReplayProblemKind.Nondeterminism, problem.Kind);
        Assert.Equal(5, problem.EventId);
        Assert.Equal("ActivityTaskScheduled 'Reserve'", problem.Expected);
        Assert.Equal("timer of 01:00:00", problem.Produced);
        AssertPlace(problem.Place, "Careless.RunAsync", "DelayAsync(TimeSpan.FromHours(1))");
        Assert.True(replayed.WouldBreak);
    }

    [Fact]
    public async Task Run_WhenTheCodeCallsAnotherActivity_NamesBoth()
    {
        var problem = (await ReplayAsync<OrderVersions.Renamed>(isOpen: true)).Problem!;

        Assert.Equal(
            (5, "ActivityTaskScheduled 'Reserve'", "activity 'Hold'"),
            (problem.EventId, problem.Expected, problem.Produced));
        AssertPlace(problem.Place, "Renamed.RunAsync", "OrderActivities.Hold()");
    }

    [Fact]
    public async Task Run_WhenTheCodeEndsEarlier_SaysSo()
    {
        var replayed = await ReplayAsync<OrderVersions.Short>(isOpen: false);

        var problem = replayed.Problem!;
        Assert.Equal((5, "ActivityTaskScheduled 'Reserve'"), (problem.EventId, problem.Expected));
        Assert.Equal("end of the workflow, with its result", problem.Produced);
        Assert.Equal("Short.RunAsync", problem.Place?.Method);
        Assert.False(replayed.WouldBreak);
    }

    [Fact]
    public async Task Run_WhenTheCodeWaitsInstead_SaysThatItDoesNothing()
    {
        var problem = (await ReplayAsync<OrderVersions.Waiting>(isOpen: true)).Problem!;

        Assert.Equal((5, "ActivityTaskScheduled 'Reserve'"), (problem.EventId, problem.Expected));
        Assert.StartsWith("nothing", problem.Produced, StringComparison.Ordinal);
        Assert.Equal("Waiting.RunAsync", problem.Place?.Method);
    }

    [Fact]
    public async Task Run_WhenTheCodeHasABug_SaysWhereItWasThrown()
    {
        var problem = (await ReplayAsync<OrderVersions.Faulty>(isOpen: true)).Problem!;

        Assert.Equal(ReplayProblemKind.TaskFailure, problem.Kind);
        Assert.Equal((4, "WorkflowTaskCompleted"), (problem.EventId, problem.Expected));
        Assert.Equal("InvalidCastException: a bug", problem.Produced);
        AssertPlace(problem.Place, "Faulty.RunAsync", "throw new InvalidCastException");
    }

    [Fact]
    public async Task Run_WhenAPatchIsGone_NamesThePatch()
    {
        var problem = (await ReplayAsync<OrderVersions.Patched, OrderVersions.First>(isOpen: true)).Problem!;

        Assert.Equal("MarkerRecorded 'holds-goods'", problem.Expected);
        Assert.Equal("no call for the patch 'holds-goods'", problem.Produced);
        Assert.Equal(5, problem.EventId);
    }

    [Fact]
    public async Task Run_WhenTheChangeIsAPatch_ReplaysOnBothBranchesAndCountsThem()
    {
        await using var environment = await EngineEnvironment.StartAsync();
        var old = await RecordedOrders.RecordAsync<OrderVersions.First>(environment, isOpen: true);
        var build = WorkflowBuild.Of(typeof(OrderVersions.Patched));

        var before = await HistoryReplay.RunAsync(build, new GivenHistories(old));
        var patched = await RecordedOrders.RecordAsync<OrderVersions.Patched>(environment, isOpen: true);
        var after = await HistoryReplay.RunAsync(build, new GivenHistories(old, patched));

        Assert.True(before.IsSuccess);
        Assert.Equal(["the new branch of 'holds-goods'"], before.UncoveredBranches);
        Assert.True(after.IsSuccess);
        Assert.Empty(after.UncoveredBranches);
        Assert.Equal((1, 1), (after.Patches.Single().NewBranch, after.Patches.Single().OldBranch));
    }

    [Fact]
    public async Task Run_WhenTheBuildDoesNotHaveItsType_IsReportedAndNotReplayed()
    {
        await using var environment = await EngineEnvironment.StartAsync();
        var run = await RecordedOrders.RecordAsync<OrderVersions.First>(environment, isOpen: true);

        var build = WorkflowBuild.Of(typeof(OtherWorkflow));
        var report = await HistoryReplay.RunAsync(build, new GivenHistories(run));
        var refused = await Assert.ThrowsAsync<ReplayException>(() => HistoryReplay.RunAsync(build, run));

        Assert.Empty(report.Runs);
        Assert.False(report.IsSuccess);
        Assert.Equal(1, report.OtherTypes[OrderVersions.Name]);
        Assert.Contains($"has no workflow '{OrderVersions.Name}'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WhenItsPayloadsAreEncoded_ReplaysWithTheConverterThatEncodedThem()
    {
        var converter = DataConverter.Default with { PayloadCodec = new InvertingCodec() };
        await using var environment = await EngineEnvironment.StartAsync(client: new() { DataConverter = converter });
        var run = await RecordedOrders.RecordAsync<OrderVersions.First>(environment, isOpen: false);
        var build = WorkflowBuild.Of(typeof(OrderVersions.First));

        var with = await HistoryReplay.RunAsync(build, run, new() { DataConverter = converter });
        var without = await HistoryReplay.RunAsync(build, run);

        Assert.Null(with.Problem);
        Assert.NotNull(without.Problem);
    }

    private static Task<ReplayedRun> ReplayAsync<TNew>(bool isOpen) => ReplayAsync<OrderVersions.First, TNew>(isOpen);

    private static async Task<ReplayedRun> ReplayAsync<TOld, TNew>(bool isOpen)
    {
        await using var environment = await EngineEnvironment.StartAsync();
        var run = await RecordedOrders.RecordAsync<TOld>(environment, isOpen);
        return await HistoryReplay.RunAsync(WorkflowBuild.Of(typeof(TNew)), run);
    }

    /// <summary>That the line which is named is the one with this text.</summary>
    private static void AssertPlace(SourcePlace? place, string method, string text)
    {
        Assert.NotNull(place);
        Assert.Equal(method, place.Method);
        Assert.Contains(text, File.ReadAllLines(place.File!)[place.Line!.Value - 1], StringComparison.Ordinal);
    }
}
