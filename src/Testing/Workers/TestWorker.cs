using Temporalio.Client;
using Temporalio.Worker;

namespace AugmentedOS.Testing.Workers;

/// <summary>The worker of a test: started with one call, stopped with another, and started again from
/// nothing.</summary>
internal sealed class TestWorker : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly string _taskQueue;
    private readonly Task _working;

    /// <summary>Starts it.</summary>
    /// <exception cref="ArgumentException">There is nothing to work on, or a workflow or activity is wrong.</exception>
    public TestWorker(ITemporalClient client, TemporalWorkerOptions options, Trouble trouble)
    {
        _taskQueue = options.TaskQueue!;
        _working = WorkAsync(new TemporalWorker(client, options), trouble);
    }

    /// <summary>Stops it: activities are cancelled, cached workflows are gone.</summary>
    /// <exception cref="WorkflowTestException">An activity does not end.</exception>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        try
        {
            await _working.WaitAsync(Patience).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new WorkflowTestException(
                $"The worker on '{_taskQueue}' did not stop within {Patience.TotalSeconds:0} s: an activity still "
                + "runs. Activities have to end when ActivityExecutionContext.Current.CancellationToken is cancelled.");
        }

        _stop.Dispose();
    }

    private async Task WorkAsync(TemporalWorker worker, Trouble trouble)
    {
        using (worker)
        {
            try
            {
                await worker.ExecuteAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                // Stopped, as asked.
            }
            catch (Exception failure)
            {
                trouble.Report(new WorkflowTestException(
                    $"The worker on '{_taskQueue}' ended by itself: {failure.Message}", failure));
            }
        }
    }
}
