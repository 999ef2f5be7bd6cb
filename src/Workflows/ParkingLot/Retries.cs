using System.Collections.Concurrent;

namespace AugmentedOS.Workflows.ParkingLot;

/// <summary>Retries many, some at the same time, none faster than the pace.</summary>
internal sealed class Retries(Retry retry, RetryOptions options, TimeProvider clock, IProgress<RetryReport>? progress)
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);
    private RetryReport _report = new(0, 0, 0, []);
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    public async Task<RetryReport> RunAsync(
        IAsyncEnumerable<ParkedWorkflow> workflows, CancellationToken cancellationToken)
    {
        var parallel =
            new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(workflows, parallel, RetryOneAsync).ConfigureAwait(false);
        return _report;
    }

    private async ValueTask RetryOneAsync(ParkedWorkflow workflow, CancellationToken cancellationToken)
    {
        // One that fails again at once would come up once more in a list that is still read.
        if (!_seen.TryAdd(workflow.WorkflowId, true))
        {
            return;
        }

        if (Turn() is { Ticks: > 0 } wait)
        {
            await Task.Delay(wait, clock, cancellationToken).ConfigureAwait(false);
        }

        var outcome = await retry.RunAsync(workflow.WorkflowId, workflow.RunId, cancellationToken)
            .ConfigureAwait(false);
        lock (_lock)
        {
            _report = _report.With(outcome);
            progress?.Report(_report);
        }
    }

    /// <summary>How long until this one's turn; turns are as far apart as the pace says.</summary>
    private TimeSpan Turn()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var turn = _next > now ? _next : now;
            _next = turn + TimeSpan.FromSeconds(1 / options.PerSecond);
            return turn - now;
        }
    }
}
