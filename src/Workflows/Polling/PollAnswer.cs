namespace AugmentedOS.Workflows.Polling;

/// <summary>What an external system says when it is asked whether something is ready. Made by <see cref="PollAnswer"/>; may be an
/// activity's result.</summary>
/// <param name="IsReady">Whether <see cref="Value"/> is there.</param>
/// <param name="Value">What was waited for; the default of its type while it is not ready.</param>
/// <param name="AskAgainAfter">When the system says itself when to come again; null for the poll's own interval.</param>
public sealed record PollAnswer<TValue>(bool IsReady, TValue? Value, TimeSpan? AskAgainAfter)
{
    /// <summary>Until the next question. A time that is not positive, from a worker that made the answer by hand, is none.</summary>
    internal TimeSpan Wait(TimeSpan interval) => AskAgainAfter is { } after && after > TimeSpan.Zero ? after : interval;
}
