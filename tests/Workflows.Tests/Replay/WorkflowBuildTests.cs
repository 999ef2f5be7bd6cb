using AugmentedOS.Engine.Hosting.Environments;
using AugmentedOS.Workflows.Replay;

namespace AugmentedOS.Workflows.Tests.Replay;

/// <summary>Builds: of classes, and of an assembly's file, apart from the one that runs the test.</summary>
public sealed class WorkflowBuildTests
{
    private static readonly string Here = typeof(WorkflowBuildTests).Assembly.Location;

    [Fact]
    public void Build_WhenItIsLoadedFromAFile_HasItsOwnWorkflowsAndPatches()
    {
        var build = WorkflowBuild.Load(Here, type => type.FullName == typeof(OrderVersions.Patched).FullName);

        Assert.Equal([OrderVersions.Name], build.WorkflowTypes);
        Assert.NotEqual(typeof(OrderVersions.Patched), build.Workflows.Single().Type);
        var patch = Assert.Single(build.Patches);
        Assert.Equal("holds-goods", patch.Id);
        Assert.Equal([OrderVersions.Name], patch.WorkflowTypes);
    }

    [Fact]
    public async Task Build_WhenItIsLoadedFromAFile_ReplaysAndTellsLines()
    {
        await using var environment = await EngineEnvironment.StartAsync();
        var run = await RecordedOrders.RecordAsync<OrderVersions.First>(environment, isOpen: true);

        var same = await HistoryReplay.RunAsync(Load<OrderVersions.First>(), run);
        var patched = await HistoryReplay.RunAsync(Load<OrderVersions.Patched>(), new GivenHistories(run));
        var other = await HistoryReplay.RunAsync(Load<OrderVersions.Careless>(), run);

        Assert.Null(same.Problem);
        Assert.Equal((0, 1), (patched.Patches.Single().NewBranch, patched.Patches.Single().OldBranch));
        Assert.EndsWith("OrderVersions.cs", other.Problem?.Place?.File, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_WhenTwoClassesAreTheSameWorkflow_NamesThemAndTheWay()
    {
        var refused = Assert.Throws<ReplayException>(
            () => WorkflowBuild.Of(typeof(OrderVersions.First), typeof(OrderVersions.Careless)));

        Assert.Contains("First", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Careless", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--class", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_WhenAClassIsNoWorkflow_SaysWhich()
    {
        var refused = Assert.Throws<ReplayException>(() => WorkflowBuild.Of(typeof(WorkflowBuildTests)));

        Assert.Contains(nameof(WorkflowBuildTests), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_WhenTheFileIsMissing_SaysWhatToGive()
    {
        var refused = Assert.Throws<ReplayException>(() => WorkflowBuild.Load("none.dll"));

        Assert.Equal(
            "There is no assembly 'none.dll'. Build the workflows' project, and give its .dll.", refused.Message);
    }

    [Fact]
    public void Build_WhenTheFileIsNoAssembly_SaysWhatToGive()
    {
        var file = Path.GetTempFileName();
        try
        {
            Assert.Contains(
                "is no .NET assembly", Assert.Throws<ReplayException>(() => WorkflowBuild.Load(file)).Message,
                StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Build_WhenTheAssemblyHasNoWorkflow_SaysWhatToGive()
    {
        var refused = Assert.Throws<ReplayException>(
            () => WorkflowBuild.Of(typeof(Engine.Hosting.WorkflowEngineOptions).Assembly));

        Assert.Contains("has no workflow", refused.Message, StringComparison.Ordinal);
    }

    private static WorkflowBuild Load<TWorkflow>() =>
        WorkflowBuild.Load(Here, type => type.FullName == typeof(TWorkflow).FullName);
}
