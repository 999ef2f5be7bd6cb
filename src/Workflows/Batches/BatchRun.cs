using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.FanOuts;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Batches;

/// <summary>What one workflow run does of a batch.</summary>
internal sealed class BatchRun<TItem>
{
    // An item is up to six events (three of its activity, three of the task after it), and a history ends at some 50,000.
    private const int LargestPage = 5_000;
    private const int LongestReason = 500;

    private readonly BatchPlan<TItem> _plan;

    public BatchRun(BatchPlan<TItem> plan, BatchProgress progress)
    {
        _plan = plan;
        Progress = progress with
        {
            BatchId = progress.BatchId ?? Workflow.Info.WorkflowId,
            StartedAt = progress.StartedAt ?? Workflow.UtcNow,

            // A batch that ended within a page does that page again.
            Done = progress.Done - progress.DoneOfPage,
            DoneOfPage = 0,
        };
    }

    public BatchProgress Progress { get; private set; }

    public Task PauseAsync(bool isPaused)
    {
        Progress = Progress with { IsPaused = isPaused };
        return Task.CompletedTask;
    }

    public async Task<BatchProgress> ToEndAsync()
    {
        for (var steps = 0; !IsOver(); steps++)
        {
            if (steps > 0 && (steps >= _plan.PagesPerRun || Workflow.ContinueAsNewSuggested))
            {
                await Workflow.WaitConditionAsync(() => Workflow.AllHandlersFinished);
                throw _plan.ContinueWith(Progress);
            }

            await Workflow.WaitConditionAsync(() => !Progress.IsPaused);
            await StepAsync();
        }

        Progress = Progress with { IsOver = true };
        return Progress;
    }

    private bool IsOver() =>
        Progress.IsRead && !Progress.SetAside.Any(IsDue) && (Progress.SetAside.Count == 0 || Progress.Round >= _plan.RetryRounds);

    private async Task StepAsync()
    {
        if (!Progress.IsRead)
        {
            await DoPageAsync();
        }
        else if (Progress.SetAside.FirstOrDefault(IsDue) is { } item)
        {
            await RetryPageAsync(item.Cursor);
        }
        else
        {
            await Workflow.DelayAsync(_plan.RetryAfter);
            Progress = Progress with { Round = Progress.Round + 1 };
        }
    }

    private bool IsDue(BatchSetAside item) => item.Tried <= Progress.Round;

    private async Task DoPageAsync()
    {
        var cursor = Progress.Cursor;
        var page = await ReadAsync(cursor);
        var room = Math.Max(0, _plan.MaxSetAside - Progress.SetAside.Count);
        var failed = await DoAsync(page.Items, FanOutFailures.UpTo(room));
        Progress = Progress with
        {
            Pages = Progress.Pages + 1,
            DoneOfPage = 0,
            Cursor = page.Next,
            IsRead = page.Next is null,
            SetAside = [.. Progress.SetAside, .. failed.Select(item => new BatchSetAside(item.Key, item.Value, cursor, 1))],
        };
    }

    private async Task RetryPageAsync(string? cursor)
    {
        var page = await ReadAsync(cursor);
        var due = Progress.SetAside.Where(item => item.Cursor == cursor && IsDue(item)).Select(item => item.Key).ToHashSet();
        var found = page.Items.Where(item => due.Contains(Key(item))).ToList();
        var failed = await DoAsync(found, FanOutFailures.Collect);
        var done = found.Select(Key).Where(key => !failed.ContainsKey(key)).ToHashSet();
        Progress = Progress with
        {
            DoneOfPage = 0,
            SetAside =
            [
                .. Progress.SetAside.Where(item => !done.Contains(item.Key)).Select(item => due.Contains(item.Key)
                    ? item with { Tried = item.Tried + 1, Reason = failed.GetValueOrDefault(item.Key) ?? "It is not on its page any more." }
                    : item),
            ],
        };
    }

    private async Task<BatchPage<TItem>> ReadAsync(string? cursor)
    {
        var page = await _plan.ReadAsync(cursor);
        var mistake = page switch
        {
            { Items: null } => "has no list of items: give an empty one where there are none",
            { Items.Count: > LargestPage } => $"has {page.Items.Count} items, where one history has room for {LargestPage}: read smaller ones",
            { Next: { } next } when next == cursor => "names itself as the next one: give null after the last page",
            _ => null,
        };
        return mistake is null
            ? page
            : throw Fail.Poisoned($"Page {Progress.Pages + 1} of the batch (cursor {Named(cursor)}) {mistake}.").WithCode(Batch.PageCode);
    }

    /// <returns>Why items failed, by their keys.</returns>
    private async Task<Dictionary<string, string>> DoAsync(IReadOnlyList<TItem> items, FanOutFailures failures)
    {
        try
        {
            var outcomes = await FanOut.RunAsync(
                items, DoAsync, new FanOutOptions { MaxParallel = _plan.MaxParallel, Failures = failures });
            return outcomes.Where(outcome => !outcome.Succeeded)
                .DistinctBy(outcome => Key(outcome.Item))
                .ToDictionary(outcome => Key(outcome.Item), outcome => Reason(outcome.Failure!));
        }
        catch (FanOutException tooMany)
        {
            throw Fail.Poisoned(
                $"The batch stopped on its page {Progress.Pages + 1} (cursor {Named(Progress.Cursor)}): more than {_plan.MaxSetAside} items "
                    + $"failed for good, {Progress.SetAside.Count} of them on pages before. Look at the cause and mend it, or raise "
                    + $"BatchPlan.MaxSetAside; then start a workflow with what the query {Batch.ProgressQuery} of this one answers.")
                .WithCode(Batch.SetAsideCode).WithCause(tooMany);
        }
    }

    private async Task<bool> DoAsync(TItem item, CancellationToken cancellationToken)
    {
        if (Progress.IsPaused)
        {
            await Workflow.WaitConditionAsync(() => !Progress.IsPaused, cancellationToken);
        }

        await _plan.DoAsync(new(Key(item), item), cancellationToken);
        Progress = Progress with { Done = Progress.Done + 1, DoneOfPage = Progress.DoneOfPage + 1 };
        return true;
    }

    private string Key(TItem item) => $"{Progress.BatchId}/{_plan.KeyOf(item)}";

    private static string Named(string? cursor) => cursor ?? "none";

    private static string Reason(Exception failure) =>
        WorkflowError.From(failure).Message is var message && message.Length > LongestReason ? message[..LongestReason] : message;
}
