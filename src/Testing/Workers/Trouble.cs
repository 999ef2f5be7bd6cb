namespace AugmentedOS.Testing.Workers;

/// <summary>What goes wrong where no test looks: in the worker. The first report ends all waits of the test.</summary>
internal sealed class Trouble : IDisposable
{
    private readonly CancellationTokenSource _reported = new();
    private WorkflowTestException? _first;

    /// <summary>Cancelled with the first report.</summary>
    public CancellationToken Reported => _reported.Token;

    /// <summary>The first report; null while all is well.</summary>
    public WorkflowTestException? First => Volatile.Read(ref _first);

    public void Report(WorkflowTestException failure)
    {
        if (Interlocked.CompareExchange(ref _first, failure, null) is null)
        {
            _reported.Cancel();
        }
    }

    public void ThrowIfReported()
    {
        if (First is { } failure)
        {
            throw new WorkflowTestException(failure.Message, failure.InnerException ?? failure);
        }
    }

    public void Dispose() => _reported.Dispose();
}
