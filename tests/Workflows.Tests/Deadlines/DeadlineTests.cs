using AugmentedOS.Workflows.Deadlines;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace AugmentedOS.Workflows.Tests.Deadlines;

public sealed class DeadlineTests
{
    [Fact]
    public Task Work_WhenItEndsBeforeAnyStep_ReachesNone() => PlayAsync(new(TimeSpan.FromHours(4)), result =>
    {
        Assert.Equal("done", result.Said);
        Assert.Empty(result.Status.Passed);
        Assert.Equal(TimeSpan.FromHours(6), Hours(result.Status.Remaining));
    });

    [Fact]
    public Task Work_WhenItTakesPastTheBudget_WarnsAndEscalatesInTime() =>
        PlayAsync(new(TimeSpan.FromHours(11)), result =>
        {
            Assert.Equal("done", result.Said);
            Assert.Equal(["warn", "escalate"], result.Status.Passed.Select(step => step.Name));
            Assert.Equal(
                [5, 10], result.Status.Passed.Select(step => Hours(step.At - result.Status.StartedAt).TotalHours));
            Assert.All(result.Status.Passed, step => Assert.Null(step.Failure));
            Assert.Equal(TimeSpan.Zero, result.Status.Remaining);
        });

    [Fact]
    public Task Work_WhenTheAbortIsReached_IsCancelledThen() => PlayAsync(new(TimeSpan.FromDays(9)), result =>
    {
        Assert.Equal(DeadlineExceededException.Type, result.Said);
        Assert.Equal(TimeSpan.FromHours(12), Hours(result.Took));
        Assert.Equal(["warn", "escalate", Deadline.AbortStep], result.Status.Passed.Select(step => step.Name));
    });

    [Fact]
    public Task Work_WhenItEndsWithAResultAfterTheAbort_KeepsTheResult() => PlayAsync(
        new(TimeSpan.FromDays(9), CleansUpToAResult: true), result => Assert.Equal("half", result.Said));

    [Fact]
    public Task Work_WhenThereIsNoAbort_IsNeverCancelled() =>
        PlayAsync(new(TimeSpan.FromDays(9), AbortsAt120: false), result =>
        {
            Assert.Equal("done", result.Said);
            Assert.Null(result.Status.AbortAt);
        });

    [Fact]
    public Task Step_WhenItsActionFails_RecordsWhyAndLetsTheWorkGoOn() => PlayAsync(
        new(TimeSpan.FromHours(11), WarnFails: true), result =>
        {
            Assert.Equal("done", result.Said);
            Assert.Equal(["no mail server for warn", null], result.Status.Passed.Select(step => step.Failure));
        });

    [Fact]
    public Task Step_WhenTheWorkEndsFirst_IsCancelled() => Scene.PlayAsync(
        worker => worker.AddWorkflow<SlowWarningWorkflow>(), async scene =>
        {
            var status = await scene.Client.ExecuteWorkflowAsync(
                (SlowWarningWorkflow workflow) => workflow.RunAsync(), scene.Options("slow"));

            Assert.Equal("the work ended first", Assert.Single(status.Passed).Failure);
            Assert.Equal(1.5, Hours(status.Elapsed).TotalHours);
        });

    [Fact]
    public Task Extend_WhenTheWarningWasReached_MovesOnlyTheStepsThatWereNot() =>
        Scene.PlayAsync(Configure, async scene =>
        {
            var handle = await StartAsync(scene, new(TimeSpan.FromDays(9)));
            await scene.Environment.DelayAsync(TimeSpan.FromHours(6));
            Assert.Equal("warn", Assert.Single((await handle.QueryAsync(workflow => workflow.Status())).Passed).Name);

            Assert.True(await handle.ExecuteUpdateAsync(workflow => workflow.ExtendAsync(TimeSpan.FromHours(10))));
            var result = await handle.GetResultAsync();

            Assert.Equal(
                [5, 20, 24], result.Status.Passed.Select(step => Hours(step.At - result.Status.StartedAt).TotalHours));
        });

    [Fact]
    public Task Workflow_WhenItIsCancelled_EndsAsCanceledAndNotAsLate() => Scene.PlayAsync(Configure, async scene =>
    {
        var handle = await StartAsync(scene, new(TimeSpan.FromDays(9)));
        await scene.Environment.DelayAsync(TimeSpan.FromHours(1));

        await handle.CancelAsync();

        var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());
        Assert.IsType<CanceledFailureException>(failed.InnerException);
    });

    [Fact]
    public Task Workflow_WhenNobodyCatchesTheAbort_FailsWithItsType() => Scene.PlayAsync(
        worker => worker.AddWorkflow<BareDeadlineWorkflow>(), async scene =>
        {
            var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => scene.Client.ExecuteWorkflowAsync(
                (BareDeadlineWorkflow workflow) => workflow.RunAsync(), scene.Options("bare")));

            var failure = Assert.IsType<ApplicationFailureException>(failed.InnerException);
            Assert.Equal((DeadlineExceededException.Type, true), (failure.ErrorType, failure.NonRetryable));
            Assert.Contains("it had 01:00:00", failure.Message, StringComparison.Ordinal);
        });

    [Fact]
    public async Task RunAsync_WhenNotInAWorkflow_SaysSo()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Deadline.After(TimeSpan.FromHours(1)).RunAsync(_ => Task.CompletedTask));

        Assert.Contains("inside a workflow only", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void At_WhenTheNameIsTaken_SaysSo() => Assert.Contains(
        "has a step \"warn\" already",
        Assert.Throws<ArgumentException>(() => Deadline.After(TimeSpan.FromHours(1))
            .At(0.5, "warn", _ => Task.CompletedTask)
            .At(0.6, "warn", _ => Task.CompletedTask)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void After_WhenThereIsNoTime_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Deadline.After(TimeSpan.Zero));

    private static Task PlayAsync(DeadlineCase given, Action<DeadlineResult> then) => Scene.PlayAsync(
        Configure, async scene => then(await (await StartAsync(scene, given)).GetResultAsync()));

    private static Task<WorkflowHandle<DeadlineWorkflow, DeadlineResult>> StartAsync(Scene scene, DeadlineCase given) =>
        scene.Client.StartWorkflowAsync(
            (DeadlineWorkflow workflow) => workflow.RunAsync(given), scene.Options("deadline"));

    private static void Configure(TemporalWorkerOptions worker) =>
        worker.AddWorkflow<DeadlineWorkflow>().AddAllActivities(new DeadlineActivities());

    /// <summary>A timer fires within the second.</summary>
    private static TimeSpan Hours(TimeSpan time) => TimeSpan.FromHours(Math.Round(time.TotalHours, 2));
}
