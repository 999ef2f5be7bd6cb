using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.Misuse;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Batches;

/// <summary>One thing done for millions of items: page by page, some items of a page at once, each run of the workflow a few pages, so
/// that its history stays short.</summary>
/// <remarks>
/// <para>Each item is done at least once. A run ends between two pages only and hands over where the next one begins, so that no item is
/// left out, and none is begun again once its page is done. An attempt whose answer was lost, because its worker died after the
/// work, is repeated: the item's key lets the other side see that.</para>
/// <para>The workflow answers the query <see cref="ProgressQuery"/> and the signals <see cref="PauseSignal"/> and
/// <see cref="ResumeSignal"/>.</para>
/// </remarks>
public static class Batch
{
    /// <summary>The name of the query for the <see cref="BatchProgress"/>.</summary>
    public const string ProgressQuery = "batch.progress";

    /// <summary>The name of the signal after which no item is begun; those under way are finished.</summary>
    public const string PauseSignal = "batch.pause";

    /// <summary>The name of the signal after which items are begun again.</summary>
    public const string ResumeSignal = "batch.resume";

    /// <summary>The code of the failure when more items failed for good than may.</summary>
    public const string SetAsideCode = "batch.set-aside";

    /// <summary>The code of the failure when the source gives a page that cannot be right.</summary>
    public const string PageCode = "batch.page";

    /// <summary>Does all items, or goes on where the run before ended. The last statement of a workflow.</summary>
    /// <param name="progress">What the run before handed over, or what the query of an earlier batch answered; null in the first.</param>
    /// <returns>The progress of the whole batch, when the last page and all rounds after it were done.</returns>
    /// <exception cref="ContinueAsNewException">The next run goes on; not to be caught.</exception>
    /// <exception cref="WorkflowErrorException">More items failed for good than may: the code is <see cref="SetAsideCode"/>, the cause
    /// names the items. Or the source gave a page with more than 5,000 items or with its own cursor as the next one:
    /// <see cref="PageCode"/>.</exception>
    /// <exception cref="OperationCanceledException">The workflow was cancelled; what was under way has been cancelled and awaited.
    /// </exception>
    /// <exception cref="ArgumentException">The plan has something out of its range.</exception>
    /// <exception cref="InvalidOperationException">The caller is no workflow.</exception>
    public static async Task<BatchProgress> RunAsync<TItem>(BatchPlan<TItem> plan, BatchProgress? progress)
    {
        InWorkflow.Require(nameof(Batch));
        ArgumentNullException.ThrowIfNull(plan);
        plan.Check();
        var run = new BatchRun<TItem>(plan, progress ?? new());
        Workflow.Queries[ProgressQuery] = WorkflowQueryDefinition.CreateWithoutAttribute(ProgressQuery, () => run.Progress);
        Workflow.Signals[PauseSignal] = WorkflowSignalDefinition.CreateWithoutAttribute(PauseSignal, () => run.PauseAsync(true));
        Workflow.Signals[ResumeSignal] = WorkflowSignalDefinition.CreateWithoutAttribute(ResumeSignal, () => run.PauseAsync(false));
        return await run.ToEndAsync();
    }
}
