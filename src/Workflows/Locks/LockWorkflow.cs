using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Locks;

/// <summary>The lock on one resource: who holds it, and who waits in which order. Started by the first request and
/// ended when nobody holds it or waits.</summary>
/// <remarks>
/// A holder is freed when it releases, when its lease runs out without a sign of life, or, while others wait, when its
/// workflow is found ended: that is looked at after <see cref="LookAfter"/>, and then half as often each time. Fencing
/// tokens begin with the time, so that they rise also from one run to the next.
/// </remarks>
[Workflow("aos.lock")]
public sealed class LockWorkflow
{
    /// <summary>After how much waiting it is first looked whether the holders' workflows are still open.</summary>
    public static readonly TimeSpan LookAfter = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LookAtLeastEvery = TimeSpan.FromMinutes(16);

    private readonly List<LockHolder> _holders;
    private readonly List<LockRequest> _queue;

    /// <summary>As many as this run had signals: it continues as new when its history is long, and without them. A
    /// request that comes only then, after its release, is granted to nobody, for a lease at most.</summary>
    private readonly HashSet<string> _released = [];

    private readonly int _capacity;
    private long _lastToken;
    private int _changes;
    private DateTime _lookAt;
    private TimeSpan _lookEvery = LookAfter;

    /// <summary>Made by the worker, before the first signal is handled.</summary>
    [WorkflowInit]
    public LockWorkflow(LockState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _holders = [.. state.Holders];
        _queue = [.. state.Queue];
        (_capacity, _lastToken) = (state.Capacity, state.LastFencingToken);
        _lookAt = Workflow.UtcNow + LookAfter;
    }

    /// <summary>The id of a resource's lock.</summary>
    public static string IdOf(string resource) => $"aos.lock/{resource}";

    /// <summary>Grants, waits, frees.</summary>
    [WorkflowRun]
    public async Task RunAsync(LockState state)
    {
        do
        {
            await GrantAsync();
            await FreeExpiredAsync();
            if (_queue.Count > 0 && Workflow.UtcNow >= _lookAt)
            {
                await FreeEndedAsync();
            }

            if (Workflow.ContinueAsNewSuggested)
            {
                await Workflow.WaitConditionAsync(() => Workflow.AllHandlersFinished);
                var rest = State();
                throw Workflow.CreateContinueAsNewException((LockWorkflow next) => next.RunAsync(rest));
            }

            await ChangeAsync();
        }
        while (_holders.Count > 0 || _queue.Count > 0 || !Workflow.AllHandlersFinished);
    }

    /// <summary>Takes a place in the queue. A request that is known is not taken again.</summary>
    [WorkflowSignal]
    public Task RequestAsync(LockRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!_released.Contains(request.RequestId) && Holder(request.RequestId) is null
            && !_queue.Exists(known => known.RequestId == request.RequestId))
        {
            if (_queue.Count == 0)
            {
                _lookEvery = LookAfter;
                _lookAt = Workflow.UtcNow + LookAfter;
            }

            _queue.Add(request);
            _changes++;
        }

        return Task.CompletedTask;
    }

    /// <summary>Gives up the lock or the place in the queue. What is not known is released already.</summary>
    [WorkflowSignal]
    public Task ReleaseAsync(string requestId)
    {
        // A release that overtakes its request has to win: the one that asked has gone.
        _released.Add(requestId);
        _holders.RemoveAll(holder => holder.Request.RequestId == requestId);
        _queue.RemoveAll(request => request.RequestId == requestId);
        _changes++;
        return Task.CompletedTask;
    }

    /// <summary>A holder's sign of life. One that holds it no more is told so.</summary>
    [WorkflowSignal]
    public async Task RenewAsync(string requestId, string workflowId)
    {
        var index = _holders.FindIndex(holder => holder.Request.RequestId == requestId);
        if (index >= 0)
        {
            // No change that wakes anybody: the timer of the old lease fires, and finds the new one.
            _holders[index] = _holders[index] with { ExpiresAt = Workflow.UtcNow + _holders[index].Request.Lease };
        }
        else
        {
            await TellAsync(workflowId, new(requestId, 0));
        }
    }

    /// <summary>Who holds it and who waits.</summary>
    [WorkflowQuery]
    public LockState State() => new(_capacity, [.. _holders], [.. _queue], _lastToken);

    private LockHolder? Holder(string requestId) => _holders.Find(holder => holder.Request.RequestId == requestId);

    private async Task GrantAsync()
    {
        while (_queue.Count > 0 && _holders.Count < _capacity)
        {
            var request = _queue[0];
            _queue.RemoveAt(0);
            _lastToken = Math.Max(
                _lastToken + 1, (Workflow.UtcNow - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
            var holder = new LockHolder(request, _lastToken, Workflow.UtcNow + request.Lease);
            _holders.Add(holder);
            if (!await TellAsync(request.WorkflowId, new(request.RequestId, holder.FencingToken)))
            {
                _holders.RemoveAll(held => held.Request.RequestId == request.RequestId);
            }
        }
    }

    private async Task FreeExpiredAsync()
    {
        var expired = _holders.Where(holder => holder.ExpiresAt <= Workflow.UtcNow).ToList();
        foreach (var holder in expired)
        {
            _holders.Remove(holder);
            _changes++;
            await TellAsync(holder.Request.WorkflowId, new(holder.Request.RequestId, 0));
        }
    }

    private async Task FreeEndedAsync()
    {
        var asked = _holders.Select(holder => holder.Request).ToList();
        var open = await Workflow.ExecuteActivityAsync(
            () => LockActivities.FindOpenAsync(asked),
            new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) });
        var ended = asked.Select(request => request.RequestId).Except(open).ToHashSet();
        _lookEvery = _lookEvery * 2 < LookAtLeastEvery ? _lookEvery * 2 : LookAtLeastEvery;
        _lookAt = Workflow.UtcNow + _lookEvery;
        if (_holders.RemoveAll(holder => ended.Contains(holder.Request.RequestId)) > 0)
        {
            _changes++;
        }
    }

    /// <summary>Waits until something came, a lease ran out, or it is time to look.</summary>
    private async Task ChangeAsync()
    {
        await Workflow.WaitConditionAsync(() => _holders.Count > 0 || _queue.Count > 0 || Workflow.AllHandlersFinished);
        while (!CanAct() && (_holders.Count > 0 || _queue.Count > 0))
        {
            var changes = _changes;
            var wait = NextTime() - Workflow.UtcNow;
            if (wait <= TimeSpan.Zero)
            {
                return;
            }

            await Workflow.WaitConditionAsync(() => _changes != changes, wait);
        }
    }

    private bool CanAct() => (_queue.Count > 0 && _holders.Count < _capacity) || Workflow.ContinueAsNewSuggested;

    private DateTime NextTime()
    {
        var expiry = _holders.Min(holder => holder.ExpiresAt);
        return _queue.Count > 0 && _lookAt < expiry ? _lookAt : expiry;
    }

    /// <returns>False when the workflow is not open any more.</returns>
    private static async Task<bool> TellAsync(string workflowId, LockGrant grant)
    {
        try
        {
            await Workflow.GetExternalWorkflowHandle(workflowId).SignalAsync(LockGrant.SignalName, [grant]);
            return true;
        }
        catch (ApplicationFailureException)
        {
            return false;
        }
    }
}
