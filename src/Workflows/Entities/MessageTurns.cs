using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Entities;

/// <summary>One message at a time, in the order in which they came.</summary>
/// <remarks>Not the SDK's mutex, which says of itself that a newcomer may overtake those that wait.</remarks>
internal sealed class MessageTurns
{
    private readonly LinkedList<string> _messages = [];
    private readonly AsyncLocal<LinkedListNode<string>?> _mine = new();

    /// <summary>Whether a message is being handled.</summary>
    public bool IsBusy => _messages.Count > 0;

    /// <exception cref="InvalidOperationException">The caller has its turn already and would wait for itself.</exception>
    public async Task<bool> InTurnAsync(string messageId, Func<Task<bool>> handleAsync)
    {
        if (_mine.Value is { List: not null } outer)
        {
            throw new InvalidOperationException(
                $"Message '{messageId}' would be handled inside the handling of message '{outer.Value}', and wait for it for ever. "
                    + "Change the state directly in there, or send the entity a message of its own and do not wait for it.");
        }

        var turn = _messages.AddLast(messageId);
        _mine.Value = turn;
        try
        {
            if (_messages.First != turn)
            {
                await Workflow.WaitConditionAsync(() => _messages.First == turn);
            }

            return await handleAsync();
        }
        finally
        {
            _messages.Remove(turn);
        }
    }
}
