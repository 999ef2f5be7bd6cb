using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.Misuse;
using Temporalio.Activities;
using Temporalio.Common;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Polling;

/// <summary>Waits until an external system that calls nobody back has something ready. Three ways, by how often it is asked.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Every few seconds: one activity that loops and heartbeats, <see cref="UntilReadyAsync"/> with the options
/// <see cref="Frequent"/>. One activity in history, however long it takes; it holds one of the worker's places.</item>
/// <item>Every minute or less often, the same question: an activity that fails with <see cref="NotYet"/> until it is ready, with the
/// options <see cref="Infrequent"/>. One activity in history, nothing held in between.</item>
/// <item>When questions change, or something is to be done in between: <see cref="PeriodicallyAsync"/> from the workflow.</item>
/// </list>
/// </remarks>
public static class Poll
{
    /// <summary>The code of the failure when the deadline has passed.</summary>
    public const string DeadlineCode = "poll.deadline";

    private static readonly TimeSpan ShortestHeartbeat = TimeSpan.FromSeconds(30);

    /// <summary>Options for an activity that loops in <see cref="UntilReadyAsync"/>.</summary>
    /// <param name="interval">Between questions: an attempt whose worker died is noticed after three of them, at least 30 s.</param>
    /// <param name="deadline">After how long the activity fails with a timeout, attempts of dead workers included.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is not positive.</exception>
    public static ActivityOptions Frequent(TimeSpan interval, TimeSpan deadline)
    {
        Check(interval, deadline);
        var heartbeat = interval * 3;
        return new()
        {
            ScheduleToCloseTimeout = deadline,
            HeartbeatTimeout = heartbeat > ShortestHeartbeat ? heartbeat : ShortestHeartbeat,
            RetryPolicy = new() { NonRetryableErrorTypes = ErrorKinds.NonRetryableTypes },
        };
    }

    /// <summary>Options for an activity that fails with <see cref="NotYet"/> until it is ready: it is tried again at the same
    /// distance, until the deadline.</summary>
    /// <param name="interval">Between attempts; <see cref="NotYet"/> can say another.</param>
    /// <param name="deadline">After how long the activity fails for good, with a timeout.</param>
    /// <param name="attempt">How long one question may take; one minute when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is not positive.</exception>
    public static ActivityOptions Infrequent(TimeSpan interval, TimeSpan deadline, TimeSpan? attempt = null)
    {
        Check(interval, deadline);
        return new()
        {
            ScheduleToCloseTimeout = deadline,
            StartToCloseTimeout = attempt ?? TimeSpan.FromMinutes(1),
            RetryPolicy = new RetryPolicy
            {
                InitialInterval = interval,
                BackoffCoefficient = 1,
                NonRetryableErrorTypes = ErrorKinds.NonRetryableTypes,
            },
        };
    }

    /// <summary>What an activity with the options of <see cref="Infrequent"/> throws while it is not ready: an expected failure, that
    /// workers do not warn of.</summary>
    /// <param name="what">What is not ready, for whoever looks at the pending activity.</param>
    /// <param name="askAgainAfter">When the system says when to come again; null for the interval of the options.</param>
    public static WorkflowErrorException NotYet(string what, TimeSpan? askAgainAfter = null)
    {
        var failure = Fail.Transient($"Not ready yet: {what}").WithCode("poll.not-yet").Expected();
        return askAgainAfter is { } delay ? failure.WithRetryAfter(delay) : failure;
    }

    /// <summary>For activities: asks until it is ready, and heartbeats after each question how often it has asked. Its end is the
    /// activity's: a timeout, a cancellation or the worker's shutdown, after which another attempt goes on asking.</summary>
    /// <param name="askAsync">Asks once. What it throws ends the attempt, and is retried as the activity's options say.</param>
    /// <param name="interval">Between questions, where the answer names no other.</param>
    /// <param name="time">The clock of the waits; the system's when null.</param>
    /// <exception cref="InvalidOperationException">The caller is no activity.</exception>
    /// <exception cref="OperationCanceledException">The activity was cancelled or timed out, or the worker shuts down.</exception>
    public static async Task<TValue> UntilReadyAsync<TValue>(
        Func<CancellationToken, Task<PollAnswer<TValue>>> askAsync, TimeSpan interval, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(askAsync);
        Check(interval, TimeSpan.MaxValue);
        if (!ActivityExecutionContext.HasCurrent)
        {
            throw new InvalidOperationException(
                "Poll.UntilReadyAsync loops in real time and heartbeats, so that it works inside an activity only. In a workflow, call "
                    + "that activity, or use Poll.PeriodicallyAsync.");
        }

        var activity = ActivityExecutionContext.Current;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(activity.CancellationToken, activity.WorkerShutdownToken);
        for (var asked = 1L; ; asked++)
        {
            var answer = await askAsync(end.Token).ConfigureAwait(false);
            if (answer.IsReady)
            {
                return answer.Value!;
            }

            activity.Heartbeat(asked);
            await Task.Delay(answer.AskAgainAfter ?? interval, time ?? TimeProvider.System, end.Token).ConfigureAwait(false);
        }
    }

    /// <summary>For workflows: asks, waits, asks again, with a growing distance, and continues as new before the history gets long.
    /// </summary>
    /// <param name="askAsync">Asks once, with an activity.</param>
    /// <param name="options">How often and for how long.</param>
    /// <param name="progress">What the run before handed over; null in the first.</param>
    /// <param name="continueWith">Makes the next run's start with the progress that it goes on from, by
    /// <c>Workflow.CreateContinueAsNewException</c>.</param>
    /// <exception cref="WorkflowErrorException">The deadline has passed: a failure with the code <see cref="DeadlineCode"/>.</exception>
    /// <exception cref="ContinueAsNewException">The next run goes on; not to be caught.</exception>
    /// <exception cref="InvalidOperationException">The caller is no workflow.</exception>
    public static async Task<TValue> PeriodicallyAsync<TValue>(
        Func<Task<PollAnswer<TValue>>> askAsync,
        PeriodicPollOptions options,
        PollProgress? progress,
        Func<PollProgress, ContinueAsNewException> continueWith)
    {
        InWorkflow.Require("Poll.PeriodicallyAsync");
        ArgumentNullException.ThrowIfNull(askAsync);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(continueWith);
        options.Check();
        progress ??= new(0, Workflow.UtcNow);
        for (var inRun = 1; ; inRun++)
        {
            var answer = await askAsync();
            progress = progress with { Asked = progress.Asked + 1 };
            if (answer.IsReady)
            {
                return answer.Value!;
            }

            var left = progress.StartedAt + options.Deadline - Workflow.UtcNow;
            if (left <= TimeSpan.Zero)
            {
                throw Fail.Transient($"Not ready after {options.Deadline} and {progress.Asked} questions.")
                    .WithCode(DeadlineCode).NotRetried();
            }

            // The last question is asked at the deadline.
            var wait = answer.AskAgainAfter ?? options.DelayAfter(progress.Asked);
            await Workflow.DelayAsync(wait < left ? wait : left);
            if (inRun >= options.QuestionsPerRun || Workflow.ContinueAsNewSuggested)
            {
                await Workflow.WaitConditionAsync(() => Workflow.AllHandlersFinished);
                throw continueWith(progress);
            }
        }
    }

    private static void Check(TimeSpan interval, TimeSpan deadline)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(deadline, TimeSpan.Zero);
    }
}
