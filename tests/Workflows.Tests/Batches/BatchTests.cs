using AugmentedOS.Workflows.Batches;
using AugmentedOS.Workflows.Errors;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Tests.Batches;

/// <summary>Batches through the official SDK; each run is replayed at the end.</summary>
public sealed class BatchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly MailingWorkflow.Letters _letters = new();

    [Fact]
    public async Task Batch_WhenItContinuesAsNew_DoesEachItemOnce() => await PlayAsync(new(57), async mailing =>
    {
        var result = await mailing.GetResultAsync();

        Assert.Equal((57, 6, true), (result.Done, result.Pages, result.IsOver));
        Assert.Equal(57, _letters.Sent.Count);
        Assert.All(_letters.Sent.Values, times => Assert.Equal(1, times));
        Assert.Contains("mailing/56", _letters.Sent.Keys);

        // Three runs of two pages, each with a short history.
        Assert.NotEqual(mailing.FirstExecutionRunId, (await mailing.DescribeAsync()).RunId);
    });

    [Fact]
    public async Task Batch_WhenThereIsNothing_IsOver() => await PlayAsync(new(0), async mailing =>
        Assert.Equal((0, true), ((await mailing.GetResultAsync()).Done, (await mailing.GetResultAsync()).IsOver)));

    [Fact]
    public async Task Item_WhenItFailsForGood_IsSetAside()
    {
        _letters.Unknown.UnionWith([3, 25]);
        await PlayAsync(new(40), async mailing =>
        {
            var result = await mailing.GetResultAsync();

            Assert.Equal(38, result.Done);
            Assert.Equal(
                [new BatchSetAside("mailing/3", "no customer 3"), new BatchSetAside("mailing/25", "no customer 25")], result.SetAside);
        });
    }

    [Fact]
    public async Task Batch_WhenTooManyItemsFail_StopsAndSaysWhere()
    {
        _letters.Unknown.UnionWith([3, 4, 25, 26]);
        await PlayAsync(new(40), async mailing =>
        {
            var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => mailing.GetResultAsync());

            Assert.Equal("batch.set-aside", WorkflowError.From(failure).Code);
            Assert.Contains("page 3 (cursor 20): more than 3 items", failure.InnerException!.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Batch_WhenItIsPaused_BeginsNothingUntilItIsResumed()
    {
        // All four of the first page are under way.
        _letters.HoldsAt = 2;
        await PlayAsync(new(40, PageSize: 4, PagesPerRun: 1), async (scene, mailing) =>
        {
            await _letters.Holds.Task.WaitAsync(Patience);
            await mailing.SignalAsync(Batch.PauseSignal, []);
            _letters.GoesOn.SetResult();
            var latest = scene.Client.GetWorkflowHandle(mailing.Id);
            var progress = new BatchProgress();
            for (var end = DateTime.UtcNow + Patience; progress.Pages == 0 && DateTime.UtcNow < end;)
            {
                progress = await latest.QueryAsync<BatchProgress>(Batch.ProgressQuery, []);
            }

            // The page under way at the pause was finished, and the next run has not begun its own.
            Assert.Equal((true, 1, 4), (progress.IsPaused, progress.Pages, _letters.Sent.Count));
            await latest.SignalAsync(Batch.ResumeSignal, []);
            Assert.Equal(40, (await mailing.GetResultAsync()).Done);
            Assert.All(_letters.Sent.Values, times => Assert.Equal(1, times));
        });
    }

    [Fact]
    public async Task Batch_WhenItIsUsedOutsideOfAWorkflow_SaysWhatToDo() => Assert.Contains(
        "inside a workflow",
        (await Assert.ThrowsAsync<InvalidOperationException>(() => Batch.RunAsync<int>(null!, null))).Message,
        StringComparison.Ordinal);

    private Task PlayAsync(MailingWorkflow.Plan plan, Func<WorkflowHandle<MailingWorkflow, BatchProgress>, Task> then) =>
        PlayAsync(plan, (_, mailing) => then(mailing));

    private async Task PlayAsync(MailingWorkflow.Plan plan, Func<Scene, WorkflowHandle<MailingWorkflow, BatchProgress>, Task> then) =>
        await Scene.PlayAsync(
            worker => worker.AddWorkflow<MailingWorkflow>().AddAllActivities(_letters),
            async scene =>
            {
                try
                {
                    await then(scene, await scene.Client.StartWorkflowAsync(
                        (MailingWorkflow workflow) => workflow.RunAsync(plan, null), scene.Options("mailing")));
                }
                finally
                {
                    // The worker waits for its activities before it stops.
                    _letters.GoesOn.TrySetResult();
                }
            });
}
