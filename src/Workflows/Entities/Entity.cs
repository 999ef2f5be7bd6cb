using AugmentedOS.Workflows.Misuse;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Entities;

/// <summary>A long-lived thing with state that lives from messages, such as a cart, an account or a device: one workflow for each, that
/// handles its messages one at a time, each once, and keeps its history short.</summary>
/// <remarks>
/// Made in the workflow's constructor, with <see cref="WorkflowInitAttribute"/>, so that messages that come with the start or right after a
/// continue-as-new find their state. Signal and update handlers call <see cref="HandleAsync(string, Func{Task})"/>; the run method ends
/// with <see cref="RunAsync"/>.
/// </remarks>
public sealed class Entity<TState>
{
    private readonly EntityOptions _options;
    private readonly Temporalio.Workflows.Mutex _turn;
    private readonly SeenMessages _seen;
    private long _handled;
    private int _handledInRun;
    private DateTime _lastMessageAt;

    /// <summary>An entity that goes on from what the run before handed over.</summary>
    /// <param name="snapshot">What the run before handed over; null in the first.</param>
    /// <param name="initial">The state of the first run.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The caller is no workflow.</exception>
    public Entity(EntitySnapshot<TState>? snapshot, TState initial, EntityOptions? options = null)
    {
        InWorkflow.Require("Entity");
        _turn = new();
        _options = options ?? new();
        _options.Check();
        State = snapshot is null ? initial : snapshot.State;
        _handled = snapshot?.Handled ?? 0;
        _seen = new(_options.RememberedMessages, snapshot?.Seen ?? []);
        _lastMessageAt = Workflow.UtcNow;
    }

    /// <summary>The state, changed by the handlers. Has to be serializable, as it is handed on from run to run.</summary>
    public TState State { get; set; }

    /// <summary>How many messages were handled, in all runs.</summary>
    public long Handled => _handled;

    /// <summary>Whether <see cref="End"/> was called.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Handles a message, after those that came before it, unless it was handled already.</summary>
    /// <param name="messageId">What the sender gives the message, the same when it repeats it.</param>
    /// <param name="handleAsync">Changes the state; may call activities. When it throws, the message counts as not handled.</param>
    /// <returns>False when the message was handled before, and nothing was done.</returns>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public async Task<bool> HandleAsync(string messageId, Func<Task> handleAsync)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(messageId);
        ArgumentNullException.ThrowIfNull(handleAsync);
        await _turn.WaitOneAsync();
        try
        {
            _lastMessageAt = Workflow.UtcNow;
            _handledInRun++;
            if (_seen.Contains(messageId))
            {
                return false;
            }

            await handleAsync();
            _seen.Add(messageId);
            _handled++;
            return true;
        }
        finally
        {
            _turn.ReleaseMutex();
        }
    }

    /// <summary>Handles a message by changing the state only, after those that came before it, unless it was handled already.</summary>
    /// <returns>False when the message was handled before, and nothing was done.</returns>
    public Task<bool> HandleAsync(string messageId, Func<TState, TState> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return HandleAsync(messageId, () =>
        {
            State = change(State);
            return Task.CompletedTask;
        });
    }

    /// <summary>Lets <see cref="RunAsync"/> return once the messages under way are handled: the entity is no more.</summary>
    public void End() => IsEnded = true;

    /// <summary>Lives until <see cref="End"/> was called, and continues as new when the history gets long or the entity is idle, after
    /// the messages under way.</summary>
    /// <param name="continueWith">Makes the next run's start with the snapshot, by <c>Workflow.CreateContinueAsNewException</c>.</param>
    /// <returns>The last state.</returns>
    /// <exception cref="ContinueAsNewException">The next run goes on; not to be caught.</exception>
    /// <exception cref="OperationCanceledException">The workflow was cancelled.</exception>
    public async Task<TState> RunAsync(Func<EntitySnapshot<TState>, ContinueAsNewException> continueWith)
    {
        ArgumentNullException.ThrowIfNull(continueWith);
        await WaitForEndOrLengthAsync();
        await Workflow.WaitConditionAsync(() => Workflow.AllHandlersFinished);
        return IsEnded ? State : throw continueWith(new(State, _seen.InOrder, _handled));
    }

    private async Task WaitForEndOrLengthAsync()
    {
        bool IsToEnd() => IsEnded || _handledInRun >= _options.MessagesPerRun || Workflow.ContinueAsNewSuggested;
        while (!IsToEnd())
        {
            if (_options.IdleAfter is not { } idle)
            {
                await Workflow.WaitConditionAsync(IsToEnd);
            }
            else if (_handledInRun == 0)
            {
                await Workflow.WaitConditionAsync(() => IsToEnd() || _handledInRun > 0);
            }
            else if (_lastMessageAt + idle - Workflow.UtcNow is var left && left > TimeSpan.Zero)
            {
                // One timer for all messages of that time, not one for each.
                await Workflow.WaitConditionAsync(IsToEnd, left);
            }
            else
            {
                return;
            }
        }
    }
}
