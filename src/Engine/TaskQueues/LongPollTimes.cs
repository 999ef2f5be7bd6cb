namespace AugmentedOS.Engine.TaskQueues;

/// <summary>How long polls wait: a minute less a jitter, and never so long that the caller gives up first.</summary>
/// <param name="longest">How long one waits at most.</param>
internal sealed class LongPollTimes(TimeSpan longest)
{
    private const double Jitter = 1.0 / 6;
    private const double GoldenRatio = 0.618_033_988_749_895;
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestDeadline = TimeSpan.FromSeconds(2);
    private long _polls;

    /// <summary>The wait for a caller that gives up after <paramref name="deadline"/>, or why it may not poll.</summary>
    /// <param name="deadline">How long the caller will wait; null when it does not say.</param>
    public (TimeSpan Duration, Rejection? Rejection) For(TimeSpan? deadline)
    {
        if (deadline is not { } patience)
        {
            return (default, Rejection.InvalidArgument("Context timeout is not set."));
        }

        if (patience < ShortestDeadline)
        {
            return (default, Rejection.FailedPrecondition("Context timeout is too short."));
        }

        var wait = longest * (1 - (Jitter * NextFraction()));
        return (wait < patience - Margin ? wait : patience - Margin, null);
    }

    /// <summary>Spreads the ends of polls that began together, without chance: multiples of the golden ratio.</summary>
    private double NextFraction() => Interlocked.Increment(ref _polls) * GoldenRatio % 1;
}
