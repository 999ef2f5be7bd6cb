using AugmentedOS.Testing.Fixtures;

namespace AugmentedOS.Testing.Tests.Fixtures;

/// <summary>Tests that share an engine.</summary>
public sealed class EngineFixtureTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Test_WhenItSharesItsEngine_SeesOnlyItsOwnRuns(int runs)
    {
        await using var test = await engine.StartTestAsync(worker => worker.AddWorkflow<NapWorkflow>());

        for (var run = 0; run < runs; run++)
        {
            await test.ExecuteWorkflowAsync((NapWorkflow nap) => nap.RunAsync(TimeSpan.FromDays(30)));
        }

        Assert.Equal(runs, (await test.ListWorkflowsAsync()).Count);
        Assert.Equal(runs, (await test.ListWorkflowsAsync("ExecutionStatus = 'Completed'")).Count);
    }

    [Fact]
    public async Task Tests_WhenTheyRunSideBySide_MoveTimeForEachOther()
    {
        await using var first = await engine.StartTestAsync(worker => worker.AddWorkflow<NapWorkflow>());
        await using var second = await engine.StartTestAsync(worker => worker.AddWorkflow<NapWorkflow>());

        await Task.WhenAll(
            first.ExecuteWorkflowAsync((NapWorkflow nap) => nap.RunAsync(TimeSpan.FromDays(3))),
            second.ExecuteWorkflowAsync((NapWorkflow nap) => nap.RunAsync(TimeSpan.FromDays(2))));

        Assert.Single(await first.ListWorkflowsAsync());
    }

    [Fact]
    public void Fixture_WhenXunitDoesNotKnowIt_SaysWhatToWrite() => Assert.Contains(
        "IClassFixture<EngineFixture>", Assert.Throws<WorkflowTestException>(() => new EngineFixture().Engine).Message);
}
