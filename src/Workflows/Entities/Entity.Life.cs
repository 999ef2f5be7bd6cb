using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Entities;

/// <content>How long it lives, and in which runs.</content>
public sealed partial class Entity<TState>
{
    /// <summary>Lives until <see cref="End"/> was called or it has expired, and continues as new when the history gets long or the
    /// entity is idle, after the messages under way.</summary>
    /// <param name="continueWith">Makes the next run's start with the snapshot, by <c>Workflow.CreateContinueAsNewException</c>.</param>
    /// <returns>The last state.</returns>
    /// <exception cref="ContinueAsNewException">The next run goes on; not to be caught.</exception>
    /// <exception cref="InvalidOperationException">The snapshot is larger than <see cref="EntityOptions.MaxSnapshotBytes"/>.</exception>
    /// <exception cref="OperationCanceledException">The workflow was cancelled: messages under way end with it.</exception>
    public async Task<TState> RunAsync(Func<EntitySnapshot<TState>, ContinueAsNewException> continueWith)
    {
        ArgumentNullException.ThrowIfNull(continueWith);
        await LiveAsync();
        await Workflow.WaitConditionAsync(() => Workflow.AllHandlersFinished);
        return IsEnded ? State : throw continueWith(Snapshot());
    }

    private bool IsRunOver() => IsEnded || _handledInRun >= _options.MessagesPerRun || Workflow.ContinueAsNewSuggested;

    private async Task LiveAsync()
    {
        while (!IsRunOver())
        {
            var isUntouched = _handledInRun == 0;
            if (_turns.IsBusy)
            {
                await Workflow.WaitConditionAsync(() => IsRunOver() || !_turns.IsBusy);
            }
            else if (UntilIdle() is not { } left)
            {
                await Workflow.WaitConditionAsync(
                    () => IsRunOver() || (isUntouched && _handledInRun > 0 && _options.IdleAfter is not null));
            }
            else if (left > TimeSpan.Zero)
            {
                // One timer for all messages of that time, not one for each.
                await Workflow.WaitConditionAsync(() => IsRunOver() || (isUntouched && _handledInRun > 0), left);
            }
            else
            {
                IsExpired = Workflow.UtcNow >= _lastMessageAt + _options.EndAfter;
                IsEnded |= IsExpired;
                return;
            }
        }
    }

    /// <summary>Until it continues as new or ends because nothing came; null when it does neither.</summary>
    private TimeSpan? UntilIdle()
    {
        // A run without a message is as short as it can be.
        var idle = _handledInRun > 0 ? _options.IdleAfter : null;
        var first = idle < _options.EndAfter ? idle : _options.EndAfter ?? idle;
        return _lastMessageAt + first - Workflow.UtcNow;
    }

    private EntitySnapshot<TState> Snapshot()
    {
        var snapshot = new EntitySnapshot<TState>(State, _seen.InOrder, _handled, _lastMessageAt, Failures);
        var size = Workflow.PayloadConverter.ToPayload(snapshot).CalculateSize();
        return size <= _options.MaxSnapshotBytes
            ? snapshot
            : throw new InvalidOperationException(
                $"Entity '{Workflow.Info.WorkflowId}' would hand on {size} bytes to its next run, where EntityOptions.MaxSnapshotBytes "
                    + $"allows {_options.MaxSnapshotBytes}. Nothing is lost: keep what is large elsewhere and a key to it in the state, or "
                    + "lower RememberedMessages, and deploy that; it goes on by itself. Raise MaxSnapshotBytes only where a codec "
                    + "compresses payloads.");
    }
}
