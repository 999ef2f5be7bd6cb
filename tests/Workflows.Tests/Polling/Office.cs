using System.Collections.Concurrent;
using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.Polling;
using Temporalio.Activities;

namespace AugmentedOS.Workflows.Tests.Polling;

/// <summary>Has the report ready when it was asked for so many times.</summary>
public sealed class Office(int readyAt, TimeSpan? askAgainAfter = null, Exception? failure = null)
{
    private int _asked;

    public static TimeSpan Step { get; } = TimeSpan.FromMilliseconds(1);

    public int Asked => _asked;

    /// <summary>What each attempt at the loop heard from the one before.</summary>
    public ConcurrentQueue<int> HeartbeatsBefore { get; } = [];

    [Activity]
    public PollAnswer<string> Ask()
    {
        var asked = Interlocked.Increment(ref _asked);
        return failure is not null && asked > 1
            ? throw failure
            : asked >= readyAt ? PollAnswer.Ready("the report") : PollAnswer.NotYet<string>(askAgainAfter);
    }

    [Activity]
    public async Task<string> LoopAsync()
    {
        var info = ActivityExecutionContext.Current.Info;
        HeartbeatsBefore.Enqueue(info.HeartbeatDetails.Count > 0 ? await info.HeartbeatDetailAtAsync<int>(0) : 0);
        return await Poll.UntilReadyAsync(_ => Task.FromResult(Ask()), Step);
    }

    [Activity]
    public string Fetch() => Ask() is { IsReady: true } answer ? answer.Value! : throw Poll.NotYet("the report", askAgainAfter);

    /// <summary>A mistake where it has no heartbeat timeout.</summary>
    [Activity]
    public Task<string> LoopUnheardAsync() => LoopAsync();

    public static Office ThatFails(ErrorKind kind) => new(int.MaxValue, null, Fail.Of(kind, "it burned down"));
}
