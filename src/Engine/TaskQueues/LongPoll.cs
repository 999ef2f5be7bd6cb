using AugmentedOS.Engine.Runtime;

namespace AugmentedOS.Engine.TaskQueues;

/// <summary>A poll as a caller awaits it: it ends with what the matcher found, or empty when its time is up or the
/// caller goes.</summary>
internal static class LongPoll
{
    /// <summary>Opens a poll and awaits its end: a task, a query, a refusal, or null for nothing.</summary>
    /// <param name="create">Makes the poller around the given callback.</param>
    /// <param name="duration">How long it waits, see <see cref="LongPollTimes"/>.</param>
    /// <param name="left">Cancelled when the caller goes. A poll that is reserved by then still ends with its task.</param>
    public static async Task<Outcome?> RunAsync(
        TaskMatcher matcher,
        TimeProvider time,
        Func<Action<Outcome?>, Poller> create,
        TimeSpan duration,
        CancellationToken left)
    {
        var ended = new TaskCompletionSource<Outcome?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var poller = create(ended.SetResult);
        matcher.Poll(poller);
        if (ended.Task.IsCompleted)
        {
            return await ended.Task.ConfigureAwait(false);
        }

        var seat = new Seat(matcher, poller);
        using var timer = time.CreateTimer(Leave, seat, duration, Timeout.InfiniteTimeSpan);
        using var registration = left.UnsafeRegister(Leave, seat);
        return await ended.Task.ConfigureAwait(false);
    }

    private static void Leave(object? state)
    {
        var seat = (Seat)state!;
        seat.Matcher.Cancel(seat.Poller);
    }

    private sealed record Seat(TaskMatcher Matcher, Poller Poller);
}
