using AugmentedOS.Workflows.Misuse;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.FanOuts;

/// <summary>One thing done for many items, some of them at once, with results in the order of the items.</summary>
/// <remarks>
/// For use inside one workflow run: all items and results are in its memory and its history, so that it is for hundreds
/// of items, or some thousands of small ones; for more, the batch pattern. Items are begun in their order; a place is
/// taken by the next item as soon as one is done.
/// </remarks>
public static class FanOut
{
    /// <summary>Does it for each item, and gives the results in the items' order.</summary>
    /// <param name="doAsync">Does it for one item, with an activity or a child workflow. It has to hand the token over
    /// in the options of what it calls: with it, the rest is cancelled when too many failed.</param>
    /// <exception cref="FanOutException">An item failed for good: here none may, whatever the options say of
    /// failures.</exception>
    public static async Task<IReadOnlyList<TResult>> RunAsync<TItem, TResult>(
        IReadOnlyList<TItem> items, Func<TItem, CancellationToken, Task<TResult>> doAsync, int maxParallel = 10)
    {
        var outcomes = await RunAsync(items, doAsync, new FanOutOptions { MaxParallel = maxParallel });
        return [.. outcomes.Select(outcome => outcome.Result!)];
    }

    /// <summary>Does it for each item, and gives what came of each in the items' order.</summary>
    /// <param name="doAsync">Does it for one item, with an activity or a child workflow. It has to hand the token over
    /// in the options of what it calls: with it, the rest is cancelled when too many failed or the workflow is
    /// cancelled.</param>
    /// <exception cref="FanOutException">More items failed for good than the options tolerate. What was under way has
    /// been cancelled and awaited by then.</exception>
    /// <exception cref="OperationCanceledException">The workflow was cancelled.</exception>
    /// <exception cref="InvalidOperationException">The caller is no workflow.</exception>
    public static async Task<IReadOnlyList<FanOutOutcome<TItem, TResult>>> RunAsync<TItem, TResult>(
        IReadOnlyList<TItem> items, Func<TItem, CancellationToken, Task<TResult>> doAsync, FanOutOptions options)
    {
        InWorkflow.Require(nameof(FanOut));
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(doAsync);
        ArgumentNullException.ThrowIfNull(options);
        if (options.MaxParallel < 1)
        {
            throw new ArgumentException(
                $"A fan-out needs at least one item under way at a time, not {options.MaxParallel}: set "
                + "FanOutOptions.MaxParallel.",
                nameof(options));
        }

        using var rest = CancellationTokenSource.CreateLinkedTokenSource(Workflow.CancellationToken);
        return await new Run<TItem, TResult>(items, doAsync, options, rest).OutcomesAsync();
    }

    private sealed class Run<TItem, TResult>(
        IReadOnlyList<TItem> items,
        Func<TItem, CancellationToken, Task<TResult>> doAsync,
        FanOutOptions options,
        CancellationTokenSource rest)
    {
        private readonly FanOutOutcome<TItem, TResult>?[] _outcomes = new FanOutOutcome<TItem, TResult>?[items.Count];
        private readonly List<(int Index, object? Item, Exception Failure)> _failed = [];
        private readonly int _tolerated = options.Failures.Tolerated(items.Count);
        private int _next;

        private bool IsGivenUp => _failed.Count > _tolerated;

        public async Task<IReadOnlyList<FanOutOutcome<TItem, TResult>>> OutcomesAsync()
        {
            await Workflow.WhenAllAsync(
                Enumerable.Range(0, Math.Min(options.MaxParallel, items.Count)).Select(_ => TakeItemsAsync()));
            if (IsGivenUp)
            {
                throw new FanOutException(
                    options.Failures, items.Count, _outcomes.Count(outcome => outcome is null), _failed);
            }

            Workflow.CancellationToken.ThrowIfCancellationRequested();
            return _outcomes!;
        }

        private async Task TakeItemsAsync()
        {
            while (_next < items.Count && !rest.IsCancellationRequested)
            {
                var index = _next++;
                try
                {
                    _outcomes[index] = new(index, items[index], await doAsync(items[index], rest.Token), null);
                }
                catch (Exception exception)
                    when (rest.IsCancellationRequested && TemporalException.IsCanceledException(exception))
                {
                    // Its outcome stays open: it was cancelled with the rest.
                }
                catch (Exception exception) when (exception is FailureException or OperationCanceledException)
                {
                    _outcomes[index] = new(index, items[index], default, exception);
                    _failed.Add((index, items[index], exception));
                    GiveUpIfTooMany();
                }
            }
        }

        private void GiveUpIfTooMany()
        {
            if (IsGivenUp && !rest.IsCancellationRequested)
            {
                rest.Cancel();
            }
        }
    }
}
