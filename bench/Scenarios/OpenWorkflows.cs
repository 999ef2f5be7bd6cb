using Temporalio.Client;

namespace AugmentedOS.Bench.Scenarios;

/// <summary>Opens workflows that then wait on a timer for a month.</summary>
internal static class OpenWorkflows
{
    private const int Starters = 24;
    private const int Pollers = 24;

    public static async Task OpenAsync(ITemporalClient client, int count)
    {
        var worker = new RawWorker(client, "waiting");
        using var done = new CancellationTokenSource();
        var (started, waiting) = (0, 0);
        var starters = Enumerable.Range(0, Starters).Select(async _ =>
        {
            while (Interlocked.Increment(ref started) is var number && number <= count)
            {
                await worker.StartAsync($"waiting-{number}");
            }
        });
        var pollers = Enumerable.Range(0, Pollers).Select(async _ =>
        {
            try
            {
                while (Volatile.Read(ref waiting) < count)
                {
                    if (await worker.PollAsync(done.Token) is { } task)
                    {
                        await worker.CompleteAsync(task.TaskToken, RawWorker.Timer("month", TimeSpan.FromDays(30)));
                        if (Interlocked.Increment(ref waiting) == count)
                        {
                            await done.CancelAsync();
                        }
                    }
                }
            }
            catch (OperationCanceledException)
            {
                // All are open: the polls that still wait are not needed.
            }
            catch (Temporalio.Exceptions.RpcException cancelled)
                when (cancelled.Code == Temporalio.Exceptions.RpcException.StatusCode.Cancelled)
            {
                // The same, as the connection words it.
            }
        });
        await Task.WhenAll(starters.Concat(pollers).ToList());
    }
}
