using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.FanOuts;
using AugmentedOS.Workflows.Misuse;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Batches;

/// <summary>One thing done for millions of items: page by page, some items of a page at once, each run of the workflow a few pages, so
/// that its history stays short.</summary>
/// <remarks>
/// A run ends between two pages, and hands over where the next one begins: no item is left out, and none is begun again once it is
/// done. An activity itself runs at least once, as always: its item's key lets the other side see a repetition.
/// The workflow answers the query <see cref="ProgressQuery"/> and the signals <see cref="PauseSignal"/> and <see cref="ResumeSignal"/>.
/// </remarks>
public static class Batch
{
    /// <summary>The name of the query for the <see cref="BatchProgress"/>.</summary>
    public const string ProgressQuery = "batch.progress";

    /// <summary>The name of the signal after which no item is begun; those under way are finished.</summary>
    public const string PauseSignal = "batch.pause";

    /// <summary>The name of the signal after which items are begun again.</summary>
    public const string ResumeSignal = "batch.resume";

    /// <summary>Does all items, or goes on where the run before ended. The last statement of a workflow.</summary>
    /// <param name="progress">What the run before handed over; null in the first.</param>
    /// <returns>The progress of the whole batch, when the last page was done.</returns>
    /// <exception cref="ContinueAsNewException">The next run goes on; not to be caught.</exception>
    /// <exception cref="WorkflowErrorException">More items failed for good than may: the code is <c>batch.set-aside</c>, the cause
    /// names the items.</exception>
    /// <exception cref="OperationCanceledException">The workflow was cancelled.</exception>
    /// <exception cref="InvalidOperationException">The caller is no workflow.</exception>
    public static async Task<BatchProgress> RunAsync<TItem>(BatchPlan<TItem> plan, BatchProgress? progress)
    {
        InWorkflow.Require(nameof(Batch));
        ArgumentNullException.ThrowIfNull(plan);
        plan.Check();
        var run = new Run<TItem>(plan, progress ?? new());
        run.Answer();
        return await run.ToEndAsync();
    }

    private sealed class Run<TItem>(BatchPlan<TItem> plan, BatchProgress progress)
    {
        public void Answer()
        {
            Workflow.Queries[ProgressQuery] = WorkflowQueryDefinition.CreateWithoutAttribute(ProgressQuery, () => progress);
            Workflow.Signals[PauseSignal] = WorkflowSignalDefinition.CreateWithoutAttribute(PauseSignal, () => PauseAsync(true));
            Workflow.Signals[ResumeSignal] = WorkflowSignalDefinition.CreateWithoutAttribute(ResumeSignal, () => PauseAsync(false));
        }

        public async Task<BatchProgress> ToEndAsync()
        {
            for (var inRun = 1; !progress.IsOver; inRun++)
            {
                await GoOnAsync();
                var page = await plan.ReadAsync(progress.Cursor);
                await DoAsync(page);
                progress = progress with { Pages = progress.Pages + 1, Cursor = page.Next, IsOver = page.Next is null };
                if (!progress.IsOver && (inRun >= plan.PagesPerRun || Workflow.ContinueAsNewSuggested))
                {
                    await Workflow.WaitConditionAsync(() => Workflow.AllHandlersFinished);
                    throw plan.ContinueWith(progress);
                }
            }

            return progress;
        }

        private Task PauseAsync(bool isPaused)
        {
            progress = progress with { IsPaused = isPaused };
            return Task.CompletedTask;
        }

        private Task GoOnAsync() => Workflow.WaitConditionAsync(() => !progress.IsPaused);

        private async Task DoAsync(BatchPage<TItem> page)
        {
            var failures = FanOutFailures.UpTo(plan.MaxSetAside - progress.SetAside.Count);
            try
            {
                var outcomes = await FanOut.RunAsync(
                    page.Items, DoAsync, new FanOutOptions { MaxParallel = plan.MaxParallel, Failures = failures });
                progress = progress with
                {
                    SetAside =
                    [
                        .. progress.SetAside,
                        .. outcomes.Where(outcome => !outcome.Succeeded).Select(outcome => new BatchSetAside(
                            Key(outcome.Item), WorkflowError.From(outcome.Failure!).Message)),
                    ],
                };
            }
            catch (FanOutException tooMany)
            {
                throw Fail.Poisoned(
                    $"The batch stopped on its page {progress.Pages + 1} (cursor {progress.Cursor ?? "none"}): more than "
                        + $"{plan.MaxSetAside} items failed for good, {progress.SetAside.Count} of them on pages before. Look at the cause, mend "
                        + "it, and start the batch again from that cursor, or raise BatchPlan.MaxSetAside.")
                    .WithCode("batch.set-aside").WithCause(tooMany);
            }
        }

        private async Task<bool> DoAsync(TItem item, CancellationToken cancellationToken)
        {
            await Workflow.WaitConditionAsync(() => !progress.IsPaused, cancellationToken);
            await plan.DoAsync(new(Key(item), item), cancellationToken);
            progress = progress with { Done = progress.Done + 1 };
            return true;
        }

        private string Key(TItem item) => $"{Workflow.Info.WorkflowId}/{plan.KeyOf(item)}";
    }
}
