using System.Collections.Concurrent;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Updates;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Storage;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Input = AugmentedOS.Engine.Executions.Inputs.Input;
using Result = Temporalio.Api.Update.V1.Outcome;

namespace AugmentedOS.Engine.Updates;

/// <summary>Hands updates to their runs and waits for what becomes of them. Thread-safe.</summary>
internal sealed class UpdateDispatcher(IExecutions executions, IJournal journal, TimeProvider time, EngineLimits limits)
{
    /// <summary>How many callers may wait at once.</summary>
    public const int MaxOpen = 10_000;

    private readonly ConcurrentDictionary<UpdateWaiter, byte> _open = new();
    private volatile bool _isDraining;

    /// <summary>How many callers wait.</summary>
    public int OpenCount => _open.Count;

    /// <summary>Submits an input about an update, and waits until the update has come as far as wanted, or has not come
    /// so far in a while.</summary>
    /// <param name="make">Makes the input, whose reply is a <typeparamref name="TReply"/>.</param>
    /// <param name="left">Cancelled when the caller goes. The update goes on.</param>
    /// <returns>The reply, and how far the update is: admitted, accepted or completed.</returns>
    public async Task<UpdateAnswer<TReply>> RunAsync<TReply>(
        string updateId,
        UpdateWorkflowExecutionLifecycleStage stage,
        Func<UpdateWaiter, Input> make,
        CancellationToken left)
        where TReply : class, IUpdateReply
    {
        var waiter = new UpdateWaiter(updateId, stage);
        if (_open.Count >= MaxOpen)
        {
            return UpdateAnswer<TReply>.Refused(Rejection.ResourceExhausted(
                ResourceExhaustedCause.ConcurrentLimit, "too many callers are waiting for updates"));
        }

        _open.TryAdd(waiter, 0);
        try
        {
            var outcome = await executions.SubmitAsync(make(waiter)).ConfigureAwait(false);
            if (outcome.IsRejected)
            {
                return UpdateAnswer<TReply>.Refused(outcome.Rejection);
            }

            var reply = (TReply)outcome.Reply;
            waiter.Tell(reply.Standing.Progress);
            var (progress, refusal) = await WaitAsync(waiter, left).ConfigureAwait(false);
            return Answer(reply, reply.Standing.Run, progress, refusal);
        }
        finally
        {
            _open.TryRemove(waiter, out _);
        }
    }

    /// <summary>The engine stops: everybody is told how far their update is.</summary>
    public void EndAll()
    {
        _isDraining = true;
        foreach (var waiter in _open.Keys)
        {
            waiter.Expire();
        }
    }

    private async Task<(UpdateProgress Progress, Rejection? Refusal)> WaitAsync(
        UpdateWaiter waiter, CancellationToken left)
    {
        if (!waiter.Waits || _isDraining)
        {
            waiter.Expire();
        }

        if (!waiter.HasEnded)
        {
            await ((Task)waiter.Ended).WaitAsync(limits.HistoryLongPoll, time, left)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!waiter.HasEnded && left.IsCancellationRequested)
        {
            waiter.Expire();
            return (UpdateProgress.Admitted.Instance, new Rejection(StatusCode.DeadlineExceeded, "context deadline exceeded"));
        }

        waiter.Expire();
        return (await waiter.Ended.ConfigureAwait(false), null);
    }

    private UpdateAnswer<TReply> Answer<TReply>(
        TReply reply, RunKey run, UpdateProgress progress, Rejection? refusal)
        where TReply : class => (progress, refusal) switch
        {
            (_, { } gone) => UpdateAnswer<TReply>.Aborted(reply, gone),
            (UpdateProgress.Aborted aborted, _) => UpdateAnswer<TReply>.Aborted(reply, aborted.Rejection),
            (UpdateProgress.Completed completed, _) => Completed(reply, completed.Outcome),
            (UpdateProgress.CompletedAt at, _) => Read(run, at.EventId) is { } outcome
                ? Completed(reply, outcome)
                : UpdateAnswer<TReply>.Aborted(reply, Rejection.RunNotFound(run.Workflow, run.Run)),
            (UpdateProgress.Accepted, _) =>
                UpdateAnswer<TReply>.Of(reply, UpdateWorkflowExecutionLifecycleStage.Accepted, null),
            _ => UpdateAnswer<TReply>.Of(reply, UpdateWorkflowExecutionLifecycleStage.Admitted, null),
        };

    private static UpdateAnswer<TReply> Completed<TReply>(TReply reply, Result outcome)
        where TReply : class =>
        UpdateAnswer<TReply>.Of(reply, UpdateWorkflowExecutionLifecycleStage.Completed, outcome);

    /// <summary>The outcome that history holds; null when the run has been deleted meanwhile.</summary>
    private Result? Read(RunKey run, long eventId) => journal.ReadHistory(run, eventId, maxEvents: 1, maxBytes: 1).Events
        .FirstOrDefault(e => e.EventId == eventId)?.WorkflowExecutionUpdateCompletedEventAttributes?.Outcome;
}
