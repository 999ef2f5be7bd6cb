using AugmentedOS.Testing.Fixtures;
using Temporalio.Worker;

namespace AugmentedOS.Testing.Tests.Fixtures;

/// <summary>A class whose tests have each a test of their own.</summary>
public sealed class WorkflowTestBaseTests : WorkflowTestBase
{
    [Fact]
    public async Task Test_WhenItBegins_HasAnEngineAndAWorker()
    {
        await Test.ExecuteWorkflowAsync((NapWorkflow nap) => nap.RunAsync(TimeSpan.FromDays(30)));

        Assert.Single(await Test.ListWorkflowsAsync());
    }

    [Fact]
    public async Task Test_WhenAnotherRan_SeesNothingOfIt() => Assert.Empty(await Test.ListWorkflowsAsync());

    [Fact]
    public void Test_WhenItHasNotBegun_SaysWhenItDoes() => Assert.Contains(
        "constructor runs before it", Assert.Throws<WorkflowTestException>(() => new Early().Use()).Message);

    [Fact]
    public async Task Histories_WhenTheyArePrinted_AreOfAllRuns()
    {
        await Test.ExecuteWorkflowAsync((NapWorkflow nap) => nap.RunAsync(TimeSpan.FromDays(30)));
        await Test.ExecuteWorkflowAsync((NapWorkflow nap) => nap.RunAsync(TimeSpan.FromDays(31)));
        var printed = new List<string>();

        await Test.PrintHistoriesAsync(printed.Add);

        Assert.Equal(2, printed.Count);
        Assert.Contains("timer 1 for 31d", printed[1]);
    }

    protected override void AddTo(TemporalWorkerOptions worker) => worker.AddWorkflow<NapWorkflow>();

    private sealed class Early : WorkflowTestBase
    {
        public WorkflowTest Use() => Test;

        protected override void AddTo(TemporalWorkerOptions worker) => worker.AddWorkflow<NapWorkflow>();
    }
}
