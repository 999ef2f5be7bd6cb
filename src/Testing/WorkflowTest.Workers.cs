using AugmentedOS.Testing.Workers;

namespace AugmentedOS.Testing;

/// <content>The worker's life.</content>
public sealed partial class WorkflowTest
{
    /// <summary>Starts the test's worker again, after <see cref="StopWorkerAsync"/>: a new one, that knows no workflow
    /// and replays each from its history.</summary>
    /// <exception cref="WorkflowTestException">It runs already.</exception>
    public Task StartWorkerAsync()
    {
        if (_worker is not null)
        {
            throw new WorkflowTestException("The test's worker runs already. Call StopWorkerAsync first.");
        }

        _worker = new TestWorker(Client, _workerOptions, _trouble);
        return Task.CompletedTask;
    }

    /// <summary>Stops the test's worker: activities are cancelled, cached workflows are gone; tasks wait until a worker
    /// is there again. Does nothing when it is stopped.</summary>
    /// <exception cref="WorkflowTestException">An activity does not end when it is cancelled.</exception>
    public async Task StopWorkerAsync()
    {
        if (_worker is { } worker)
        {
            _worker = null;
            await worker.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Lets the worker die here and starts another one: all that it had in memory is gone, and workflows go on
    /// from their histories.</summary>
    /// <exception cref="WorkflowTestException">An activity does not end when it is cancelled.</exception>
    public async Task RestartWorkerAsync()
    {
        await StopWorkerAsync().ConfigureAwait(false);
        await StartWorkerAsync().ConfigureAwait(false);
    }
}
