using AugmentedOS.Workflows.FanOuts;
using Temporalio.Activities;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Tests.FanOuts;

/// <summary>Does one activity for each of some items.</summary>
[Workflow]
public sealed class ResizeWorkflow
{
    /// <param name="Tolerated">How many may fail; negative for all.</param>
    public sealed record Plan(int Count, int MaxParallel = 3, int Tolerated = 0, double? Share = null);

    private int _running;
    private int _most;
    private int _cancelled;

    /// <returns>For each item its result or <c>-</c>; then how many were under way at most.</returns>
    [WorkflowRun]
    public async Task<string> RunAsync(Plan plan)
    {
        var outcomes = await FanOut.RunAsync(
            [.. Enumerable.Range(0, plan.Count)],
            ResizeAsync,
            new FanOutOptions
            {
                MaxParallel = plan.MaxParallel,
                Failures = plan switch
                {
                    { Share: { } share } => FanOutFailures.UpToShare(share),
                    { Tolerated: < 0 } => FanOutFailures.Collect,
                    { Tolerated: 0 } => FanOutFailures.FailFast,
                    _ => FanOutFailures.UpTo(plan.Tolerated),
                },
            });
        return $"{string.Join(' ', outcomes.Select(outcome => outcome.Succeeded ? $"{outcome.Result}" : "-"))} | "
            + $"{_most}";
    }

    [WorkflowQuery]
    public int Cancelled() => _cancelled;

    [WorkflowUpdate]
    public Task AwaitRunningAsync(int count) => Workflow.WaitConditionAsync(() => _running == count);

    private async Task<int> ResizeAsync(int item, CancellationToken cancellationToken)
    {
        _most = Math.Max(_most, ++_running);
        try
        {
            return await Workflow.ExecuteActivityAsync(
                (Images images) => images.ResizeAsync(item),
                new()
                {
                    StartToCloseTimeout = TimeSpan.FromMinutes(1),
                    RetryPolicy = new() { MaximumAttempts = 1 },
                    CancellationToken = cancellationToken,
                });
        }
        catch (Exception exception) when (Temporalio.Exceptions.TemporalException.IsCanceledException(exception))
        {
            _cancelled++;
            throw;
        }
        finally
        {
            _running--;
        }
    }

    /// <summary>Gives ten times the item; fails on some, and waits for the test on others.</summary>
    public sealed class Images
    {
        private int _calls;

        public HashSet<int> Broken { get; } = [];

        public HashSet<int> Stuck { get; } = [];

        public TaskCompletionSource Free { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Calls => _calls;

        [Activity]
        public async Task<int> ResizeAsync(int item)
        {
            Interlocked.Increment(ref _calls);
            if (Stuck.Contains(item))
            {
                await Free.Task;
            }

            return Broken.Contains(item) ? throw new InvalidOperationException($"no image {item}") : item * 10;
        }
    }
}
