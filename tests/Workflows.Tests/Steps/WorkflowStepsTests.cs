using AugmentedOS.Testing;
using AugmentedOS.Workflows.Steps;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace AugmentedOS.Workflows.Tests.Steps;

public sealed class WorkflowStepsTests : IAsyncLifetime
{
    private WorkflowTest _test = null!;

    // Activities are the same in all releases; workflows have workers of their own.
    public async ValueTask InitializeAsync() =>
        _test = await WorkflowTest.StartAsync(worker => worker.AddAllActivities(new StepActivities()));

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task Run_WhenItBeginsWithTheNewRelease_TakesTheNewestOfAll()
    {
        var handle = await StartAsync();

        await WithAsync<SecondOrder>(() => OpenAsync(handle));

        Assert.Equal(
            ["screen 1 Done", "reserve 2 Done", "gate 1 Done", "check 1 Done", "charge 2 Done", "wrap 2 Skipped"],
            await StepsOfAsync(handle));
    }

    [Fact]
    public async Task Run_WhenTheReleaseChangesUnderIt_KeepsWhatItTookAndTakesTheNewestOfTheRest()
    {
        var handle = await StartAsync();
        await WithAsync<FirstOrder>(() => GateOfAsync(handle));

        await WithAsync<SecondOrder>(() => OpenAsync(handle));

        Assert.Equal(
            ["screen 0 Skipped", "reserve 1 Done", "gate 1 Done", "check 1 Done", "charge 2 Done", "wrap 2 Skipped"],
            await StepsOfAsync(handle));
    }

    [Fact]
    public async Task Run_WhenItEndedWithTheOldRelease_IsReplayedByTheNew()
    {
        var handle = await StartAsync();
        await WithAsync<FirstOrder>(() => OpenAsync(handle));

        await ReplayAsync<SecondOrder>(handle);

        Assert.Equal(
            ["reserve 1 Done", "gate 1 Done", "charge 1 Done", "wrap 1 Done"], await StepsOfAsync(handle));
    }

    [Fact]
    public async Task Run_WhenOldVersionsAreDropped_GoesOnFromTheVersionsThatAreLeft()
    {
        var handle = await StartAsync();
        await WithAsync<SecondOrder>(() => GateOfAsync(handle));

        await WithAsync<ThirdOrder>(() => OpenAsync(handle));

        Assert.Equal(
            ["screen 1 Done", "reserve 2 Done", "gate 1 Done", "check 1 Done", "charge 3 Done", "wrap 2 Skipped"],
            await StepsOfAsync(handle));
        await ReplayAsync<ThirdOrder>(handle);
    }

    [Fact]
    public async Task Run_WhenItEndedWithAVersionThatIsTheOldestNow_IsReplayed()
    {
        var handle = await StartAsync();
        await WithAsync<SecondOrder>(() => OpenAsync(handle));

        await ReplayAsync<ThirdOrder>(handle);
    }

    [Fact]
    public async Task Run_WhenAStepWasChangedWithoutAVersion_DoesNotReplay()
    {
        var handle = await StartAsync();
        await WithAsync<FirstOrder>(() => OpenAsync(handle));

        await Assert.ThrowsAsync<WorkflowNondeterminismException>(() => ReplayAsync<CarelessOrder>(handle));
    }

    [Fact]
    public async Task Query_WhenTheRunWaits_SaysAtWhichStepAndInWhichVersion()
    {
        var handle = await StartAsync();

        await WithAsync<SecondOrder>(async () =>
        {
            await GateOfAsync(handle);
            var steps = await handle.QueryAsync<IReadOnlyList<StepProgress>>(WorkflowSteps.QueryName, []);
            Assert.Equal(
                ["screen 1 Done", "reserve 2 Done", "gate 1 Running", "check  Pending", "charge  Pending",
                    "wrap  Pending"],
                steps.Select(Said));
            Assert.All(steps, step => Assert.Equal(step.State == StepState.Pending, step.StartedAt is null));
        });
    }

    [Fact]
    public Task Step_WhenItFails_EndsTheListThere() => Scene.PlayAsync(
        worker => worker.AddWorkflow<FailingSteps>(), async scene =>
        {
            var handle = await scene.Client.StartWorkflowAsync(
                (FailingSteps workflow) => workflow.RunAsync(), scene.Options("failing"));
            await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());

            var steps = await handle.QueryAsync<IReadOnlyList<StepProgress>>(WorkflowSteps.QueryName, []);
            Assert.Equal(["fail 1 Failed", "never  Pending"], steps.Select(Said));
        });

    [Fact]
    public void Steps_WhenNotInAWorkflow_SaySo() => Assert.Contains(
        "inside a workflow only",
        Assert.Throws<InvalidOperationException>(() => new WorkflowSteps()).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Versions_WhenTheyDoNotRise_AreRefused() => Assert.Contains(
        "does not follow version 2",
        Assert.Throws<ArgumentException>(() => new StepVersions("charge")
            .Original(() => Task.CompletedTask)
            .Changed(2, () => Task.CompletedTask)
            .Changed(2, () => Task.CompletedTask)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Versions_WhenThereIsNoFirst_AreRefused() => Assert.Contains(
        "has no version",
        Assert.Throws<ArgumentException>(() => new StepVersions("charge").Changed(2, () => Task.CompletedTask)).Message,
        StringComparison.Ordinal);

    private static string Said(StepProgress step) => $"{step.Name} {step.Version} {step.State}";

    private Task<WorkflowHandle> StartAsync() =>
        _test.Client.StartWorkflowAsync("order", [], new("order", _test.TaskQueue));

    /// <summary>One worker after the other, as a deployment replaces a release.</summary>
    private async Task WithAsync<TOrder>(Func<Task> act)
    {
        using var worker = new TemporalWorker(
            _test.Client, new TemporalWorkerOptions(_test.TaskQueue).AddWorkflow<TOrder>());
        await worker.ExecuteAsync(act);
    }

    private static async Task OpenAsync(WorkflowHandle handle)
    {
        await handle.SignalAsync<FirstOrder>(order => order.OpenAsync());
        await handle.GetResultAsync();
    }

    /// <summary>The run has come to the gate when its last workflow task before it is done and nothing else is to
    /// do.</summary>
    private async Task GateOfAsync(WorkflowHandle handle)
    {
        await _test.DelayAsync(TimeSpan.FromSeconds(1));
        var steps = await handle.QueryAsync<IReadOnlyList<StepProgress>>(WorkflowSteps.QueryName, []);
        Assert.Equal(StepState.Running, steps.Single(step => step.Name == "gate").State);
    }

    private static async Task<IEnumerable<string>> StepsOfAsync(WorkflowHandle handle) =>
        (await handle.GetResultAsync<IReadOnlyList<StepProgress>>()).Select(Said);

    private static async Task ReplayAsync<TOrder>(WorkflowHandle handle) =>
        await new WorkflowReplayer(new WorkflowReplayerOptions().AddWorkflow<TOrder>())
            .ReplayWorkflowAsync(await handle.FetchHistoryAsync());
}
