using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.Misuse;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Entities;

/// <summary>A long-lived thing with state that lives from messages, such as a cart, an account or a device: one workflow for each, that
/// handles its messages one at a time, each once, and keeps its history short.</summary>
/// <remarks>
/// Made in the workflow's constructor, with <see cref="WorkflowInitAttribute"/>, so that messages that come with the start or right after a
/// continue-as-new find their state. Signal and update handlers call <see cref="HandleAsync(string, Func{Task})"/>; the run method ends
/// with <see cref="RunAsync"/>.
/// </remarks>
public sealed partial class Entity<TState>
{
    private const int RememberedFailures = 20;
    private const int LongestReason = 500;

    private readonly EntityOptions _options;
    private readonly MessageTurns _turns = new();
    private readonly SeenMessages _seen;
    private readonly Queue<EntityFailure> _failures;
    private long _handled;
    private int _handledInRun;
    private DateTime _lastMessageAt;

    /// <summary>An entity that goes on from what the run before handed over.</summary>
    /// <param name="snapshot">What the run before handed over; null in the first.</param>
    /// <param name="initial">The state of the first run.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The caller is no workflow.</exception>
    public Entity(EntitySnapshot<TState>? snapshot, TState initial, EntityOptions? options = null)
    {
        InWorkflow.Require("Entity");
        _options = options ?? new();
        _options.Check();
        State = snapshot is null ? initial : snapshot.State;
        _handled = snapshot?.Handled ?? 0;
        _seen = new(_options.RememberedMessages, snapshot?.Seen ?? []);
        _failures = new(snapshot?.Failures ?? []);
        _lastMessageAt = snapshot?.LastMessageAt ?? Workflow.UtcNow;
    }

    /// <summary>The state, changed by the handlers. Has to be serializable, as it is handed on from run to run. Best a record that is
    /// replaced, not changed: see <see cref="HandleAsync(string, Func{Task})"/>.</summary>
    public TState State { get; set; }

    /// <summary>How many messages were handled, in all runs; repeated and failed ones are not among them.</summary>
    public long Handled => _handled;

    /// <summary>The last 20 messages that nobody waited for and whose handling failed for good, the oldest first, in all runs. They
    /// count as not handled: a sender may repeat them.</summary>
    public IReadOnlyList<EntityFailure> Failures => [.. _failures];

    /// <summary>Whether <see cref="End"/> was called, or the entity has expired. Messages that come while others are still under way are
    /// handled all the same: a handler or validator that wants none of them looks here.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Whether it ended by itself, since no message came for <see cref="EntityOptions.EndAfter"/>.</summary>
    public bool IsExpired { get; private set; }

    /// <summary>Handles a message, after those that came before it, unless it was handled already.</summary>
    /// <param name="messageId">What the sender gives the message, the same when it repeats it.</param>
    /// <param name="handleAsync">Changes the state; may call activities. When it throws, the message counts as not handled, and
    /// <see cref="State"/> is again what it was before (what was changed inside of a mutable state stays changed).</param>
    /// <returns>False when nothing was done: the message was handled before or, in a signal, has failed.</returns>
    /// <exception cref="FailureException">The handling failed, in an update: its sender gets the failure. In a signal, to which nobody
    /// listens and whose failure would end the workflow, it is logged and kept in <see cref="Failures"/> instead.</exception>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    /// <exception cref="InvalidOperationException">It was called inside the handling of another message.</exception>
    /// <exception cref="OperationCanceledException">The workflow was cancelled.</exception>
    public async Task<bool> HandleAsync(string messageId, Func<Task> handleAsync)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(messageId);
        ArgumentNullException.ThrowIfNull(handleAsync);
        return await _turns.InTurnAsync(messageId, () => HandleInTurnAsync(messageId, handleAsync));
    }

    /// <summary>Handles a message by changing the state only, after those that came before it, unless it was handled already.</summary>
    /// <inheritdoc cref="HandleAsync(string, Func{Task})"/>
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

    private async Task<bool> HandleInTurnAsync(string messageId, Func<Task> handleAsync)
    {
        var before = State;
        _lastMessageAt = Workflow.UtcNow;
        _handledInRun++;
        try
        {
            if (_seen.Contains(messageId))
            {
                return false;
            }

            await handleAsync();
            _seen.Add(messageId);
            _handled++;
            return true;
        }
        catch (FailureException failure) when (Workflow.CurrentUpdateInfo is null && !IsCancelled(failure))
        {
            State = before;
            SetAside(messageId, failure);
            return false;
        }
        catch
        {
            State = before;
            throw;
        }
        finally
        {
            _lastMessageAt = Workflow.UtcNow;
        }
    }

    private void SetAside(string messageId, FailureException failure)
    {
        var message = WorkflowError.From(failure).Message;
        var reason = message.Length <= LongestReason ? message : message[..LongestReason];
        _failures.Enqueue(new(messageId, reason, Workflow.UtcNow));
        while (_failures.Count > RememberedFailures)
        {
            _failures.Dequeue();
        }

        EntityLog.SetAside(Workflow.Logger, messageId, reason, failure);
    }

    private static bool IsCancelled(FailureException failure) =>
        Workflow.CancellationToken.IsCancellationRequested && TemporalException.IsCanceledException(failure);
}
