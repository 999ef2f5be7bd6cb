using AugmentedOS.Workflows.Errors;
using Temporalio.Activities;

namespace AugmentedOS.Workflows.Polling;

/// <content>In an activity that loops.</content>
public static partial class Poll
{
    /// <summary>The code of the failure of an attempt whose worker shut down; another attempt goes on.</summary>
    public const string WorkerStoppedCode = "poll.worker-stopped";

    /// <summary>For activities: asks until it is ready, and heartbeats before each question how many were asked, by all attempts.
    /// Its end is the activity's: a timeout, a cancellation or the worker's shutdown, after which another attempt goes on.</summary>
    /// <param name="askAsync">Asks once. What it throws ends the attempt, and is retried as the activity's options say.</param>
    /// <param name="interval">Between questions, where the answer names no other.</param>
    /// <param name="time">The clock of the waits; the system's when null.</param>
    /// <exception cref="InvalidOperationException">The caller is no activity.</exception>
    /// <exception cref="WorkflowErrorException">The worker shuts down: <see cref="WorkerStoppedCode"/>, retried. Or the activity has no
    /// heartbeat timeout, so that nobody would notice when its worker dies: not retried.</exception>
    /// <exception cref="OperationCanceledException">The activity was cancelled or timed out.</exception>
    public static async Task<TValue> UntilReadyAsync<TValue>(
        Func<CancellationToken, Task<PollAnswer<TValue>>> askAsync, TimeSpan interval, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(askAsync);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        var activity = Current();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(activity.CancellationToken, activity.WorkerShutdownToken);
        try
        {
            for (var asked = await AskedBeforeAsync(activity).ConfigureAwait(false) + 1; ; asked++)
            {
                activity.Heartbeat(asked);
                var answer = await askAsync(end.Token).ConfigureAwait(false);
                if (answer.IsReady)
                {
                    return answer.Value!;
                }

                await Task.Delay(answer.Wait(interval), time ?? TimeProvider.System, end.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException stopped) when (IsStopped(activity))
        {
            throw Fail.Transient("The worker shuts down: another attempt goes on asking.")
                .WithCode(WorkerStoppedCode).WithCause(stopped).Expected();
        }
    }

    private static bool IsStopped(ActivityExecutionContext activity) => activity.WorkerShutdownToken.IsCancellationRequested
        && activity.CancelReason is ActivityCancelReason.None or ActivityCancelReason.WorkerShutdown;

    private static ActivityExecutionContext Current()
    {
        if (!ActivityExecutionContext.HasCurrent)
        {
            throw new InvalidOperationException(
                "Poll.UntilReadyAsync loops in real time and heartbeats, so that it works inside an activity only. In a workflow, call "
                    + "that activity, or use Poll.PeriodicallyAsync.");
        }

        var activity = ActivityExecutionContext.Current;
        return activity.Info.HeartbeatTimeout > TimeSpan.Zero
            ? activity
            : throw Fail.Poisoned(
                $"Activity '{activity.Info.ActivityType}' loops in Poll.UntilReadyAsync without a heartbeat timeout: when its worker dies, "
                    + "nobody notices. Call it with the options of Poll.Frequent, and not as a local activity.");
    }

    /// <summary>What the attempt before has heartbeated.</summary>
    private static async Task<long> AskedBeforeAsync(ActivityExecutionContext activity) => activity.Info.HeartbeatDetails.Count > 0
        ? await activity.Info.HeartbeatDetailAtAsync<long>(0).ConfigureAwait(false)
        : 0;
}
