namespace AugmentedOS.Workflows.Polling;

/// <summary>Makes the answers of a poll.</summary>
public static class PollAnswer
{
    /// <summary>It is ready.</summary>
    public static PollAnswer<TValue> Ready<TValue>(TValue value) => new(true, value, null);

    /// <summary>It is not ready yet.</summary>
    /// <param name="askAgainAfter">When the system says when to come again; null for the poll's own interval.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive.</exception>
    public static PollAnswer<TValue> NotYet<TValue>(TimeSpan? askAgainAfter = null) =>
        new(false, default, askAgainAfter is { } after ? Poll.Positive(after) : null);
}
