using AugmentedOS.Workflows.Misuse;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Locks;

/// <summary>A lock on a resource that workflows share, held by this workflow. For workflow code only.</summary>
/// <remarks>
/// <code>
/// await using var held = await DistributedLock.AcquireAsync("account/4711");
/// await PostAsync(held.FencingToken, held.Lost);
/// </code>
/// It is granted in the order of requests, renewed by itself while the workflow makes progress, and released by
/// <see cref="DisposeAsync"/>, also when the workflow is cancelled. A lease cannot stop what a workflow does after
/// losing it: give <see cref="Lost"/> to what may be cancelled, and have the resource refuse a
/// <see cref="FencingToken"/> lower than the highest it has seen (M. Kleppmann, "How to do distributed locking").
/// </remarks>
public sealed class DistributedLock : IAsyncDisposable
{
    private readonly LockRequest _request;
    private readonly CancellationTokenSource _lost;
    private readonly CancellationTokenSource _renewing = new();
    private bool _isLost;
    private bool _isReleased;
    private Task _renewal = Task.CompletedTask;

    private DistributedLock(LockRequest request)
    {
        _request = request;
        _lost = CancellationTokenSource.CreateLinkedTokenSource(Workflow.CancellationToken);
    }

    /// <summary>What is locked.</summary>
    public string Resource => _request.Resource;

    /// <summary>Higher than that of every holder before; below 2^53.</summary>
    public long FencingToken { get; private set; }

    /// <summary>Cancelled when the lock was lost, and when the workflow is cancelled.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Whether it is held, as far as is known here.</summary>
    public bool IsHeld => FencingToken > 0 && !_isLost && !_isReleased;

    internal string RequestId => _request.RequestId;

    /// <summary>Asks for a lock and waits until it is granted.</summary>
    /// <param name="resource">What is locked; up to 200 characters.</param>
    /// <param name="options">A mutex with a lease of five minutes when null.</param>
    /// <param name="cancellationToken">Takes the request back; the workflow's own when null.</param>
    /// <exception cref="LockTimeoutException">It was not granted in time.</exception>
    /// <exception cref="InvalidOperationException">Not inside a workflow.</exception>
    public static async Task<DistributedLock> AcquireAsync(
        string resource, LockOptions? options = null, CancellationToken? cancellationToken = null)
    {
        InWorkflow.Require("DistributedLock.AcquireAsync");
        ArgumentException.ThrowIfNullOrWhiteSpace(resource);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(resource.Length, 200, nameof(resource));
        options ??= new();
        options.Check();
        var cancel = cancellationToken ?? Workflow.CancellationToken;
        cancel.ThrowIfCancellationRequested();
        var asked = new DistributedLock(new(
            resource,
            Workflow.NewGuid().ToString(),
            Workflow.Info.WorkflowId,
            Workflow.Info.FirstExecutionRunId,
            options.Capacity,
            options.Lease ?? LockOptions.DefaultLease));
        LockMailbox.Current.Add(asked);
        try
        {
            await asked.RequestAsync(options, cancel);
            asked._renewal = asked.RenewAsync();
            return asked;
        }
        catch
        {
            await asked.ReleaseAsync();
            throw;
        }
    }

    /// <summary>Releases it. Does nothing when it is released or lost already.</summary>
    public async Task ReleaseAsync()
    {
        if (_isReleased)
        {
            return;
        }

        _isReleased = true;
        _renewing.Cancel();
        await _renewal;
        LockMailbox.Current.Remove(this);
        if (!_isLost)
        {
            await TellAsync("Release", [RequestId]);
        }

        _renewing.Dispose();
    }

    /// <inheritdoc cref="ReleaseAsync"/>
    public ValueTask DisposeAsync() => new(ReleaseAsync());

    internal void Receive(long fencingToken)
    {
        if (fencingToken > 0)
        {
            FencingToken = fencingToken;
        }
        else
        {
            _isLost = true;
            _lost.Cancel();
        }
    }

    private async Task RequestAsync(LockOptions options, CancellationToken cancel)
    {
        // Not cancelled: whether the request has arrived has to be known before it can be taken back.
        await Workflow.ExecuteActivityAsync(
            () => LockActivities.RequestAsync(_request),
            new()
            {
                TaskQueue = options.TaskQueue,
                StartToCloseTimeout = TimeSpan.FromSeconds(30),
                CancellationToken = CancellationToken.None,
            });
        if (options.Timeout is not { } timeout)
        {
            await Workflow.WaitConditionAsync(() => FencingToken > 0, cancel);
        }
        else if (!await Workflow.WaitConditionAsync(() => FencingToken > 0, timeout, cancel))
        {
            throw new LockTimeoutException(Resource, timeout);
        }
    }

    private async Task RenewAsync()
    {
        while (!_isLost && !_renewing.IsCancellationRequested)
        {
            try
            {
                await Workflow.DelayAsync(_request.Lease / 3, _renewing.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (!_isLost && !await TellAsync("Renew", [RequestId, _request.WorkflowId]))
            {
                Receive(0);
            }
        }
    }

    /// <returns>False when there is no lock any more: it ended when its last holder had gone.</returns>
    private async Task<bool> TellAsync(string signal, object?[] arguments)
    {
        try
        {
            await Workflow.GetExternalWorkflowHandle(LockWorkflow.IdOf(Resource)).SignalAsync(
                signal, arguments, new() { CancellationToken = CancellationToken.None });
            return true;
        }
        catch (ApplicationFailureException)
        {
            return false;
        }
    }
}
