using AugmentedOS.Workflows.Errors;
using Temporalio.Api.Enums.V1;
using Temporalio.Common;
using Temporalio.Exceptions;
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
public static partial class Poll
{
    /// <summary>The code of the failure of <see cref="PeriodicallyAsync"/> when the deadline has passed. For all three ways see
    /// <see cref="IsDeadline"/>.</summary>
    public const string DeadlineCode = "poll.deadline";

    /// <summary>The code of <see cref="NotYet"/>.</summary>
    public const string NotYetCode = "poll.not-yet";

    private static readonly TimeSpan LongestQuestion = TimeSpan.FromSeconds(30);

    /// <summary>Options for an activity that loops in <see cref="UntilReadyAsync"/>.</summary>
    /// <param name="interval">Between questions, and before another attempt when one has failed.</param>
    /// <param name="deadline">After how long the activity fails for good, attempts of dead workers included.</param>
    /// <param name="question">How long one question may take; 30 s when null. An attempt that says nothing for this long and twice
    /// the interval is taken for dead.</param>
    /// <exception cref="ArgumentException">A time is not positive, or the deadline is no longer than the interval.</exception>
    public static ActivityOptions Frequent(TimeSpan interval, TimeSpan deadline, TimeSpan? question = null)
    {
        Check(interval, deadline, question);
        return new()
        {
            ScheduleToCloseTimeout = deadline,
            HeartbeatTimeout = (interval * 2) + (question ?? LongestQuestion),
            RetryPolicy = Steadily(interval),
        };
    }

    /// <summary>Options for an activity that fails with <see cref="NotYet"/> until it is ready: it is tried again at the same
    /// distance, until the deadline.</summary>
    /// <param name="interval">Between attempts; <see cref="NotYet"/> can say another.</param>
    /// <param name="deadline">After how long the activity fails for good: at the last attempt after which there is no time for
    /// another.</param>
    /// <param name="question">How long one attempt may take; one minute when null.</param>
    /// <exception cref="ArgumentException">A time is not positive, or the deadline is no longer than the interval.</exception>
    public static ActivityOptions Infrequent(TimeSpan interval, TimeSpan deadline, TimeSpan? question = null)
    {
        Check(interval, deadline, question);
        return new()
        {
            ScheduleToCloseTimeout = deadline,
            StartToCloseTimeout = question ?? TimeSpan.FromMinutes(1),
            RetryPolicy = Steadily(interval),
        };
    }

    /// <summary>What an activity with the options of <see cref="Infrequent"/> throws while it is not ready: an expected failure, that
    /// workers do not warn of and circuit breakers do not count.</summary>
    /// <param name="what">What is not ready, for whoever looks at the pending activity.</param>
    /// <param name="askAgainAfter">When the system says when to come again; null for the interval of the options.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive.</exception>
    public static WorkflowErrorException NotYet(string what, TimeSpan? askAgainAfter = null)
    {
        var failure = Fail.Transient($"Not ready yet: {what}").WithCode(NotYetCode).Expected();
        return askAgainAfter is { } delay ? failure.WithRetryAfter(Positive(delay)) : failure;
    }

    /// <summary>Whether it was a deadline that ended a poll, in whichever way it asked; also seen from the parent or the client of a
    /// workflow that did nothing but poll.</summary>
    /// <param name="exception">What was caught.</param>
    public static bool IsDeadline(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception switch
        {
            ActivityFailureException { InnerException: TimeoutFailureException timeout } =>
                timeout.TimeoutType is TimeoutType.ScheduleToClose,

            // The last attempt's failure, after which there was no time for another.
            ActivityFailureException activity => activity.RetryState is RetryState.Timeout,
            ChildWorkflowFailureException or WorkflowFailedException => exception.InnerException is { } cause && IsDeadline(cause),
            ApplicationFailureException => WorkflowError.From(exception).Code == DeadlineCode,
            _ => false,
        };
    }

    internal static TimeSpan Positive(TimeSpan askAgainAfter) => askAgainAfter > TimeSpan.Zero
        ? askAgainAfter
        : throw new ArgumentOutOfRangeException(
            nameof(askAgainAfter), askAgainAfter, "The time until the next question has to be positive; null for the poll's own interval.");

    private static RetryPolicy Steadily(TimeSpan interval) => new()
    {
        InitialInterval = interval,
        MaximumInterval = interval,
        BackoffCoefficient = 1,
        NonRetryableErrorTypes = ErrorKinds.NonRetryableTypes,
    };

    private static void Check(TimeSpan interval, TimeSpan deadline, TimeSpan? question)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(question ?? LongestQuestion, TimeSpan.Zero, nameof(question));
        if (deadline <= interval)
        {
            throw new ArgumentOutOfRangeException(
                nameof(deadline), deadline, $"A poll that asks every {interval} has to have more time than that, or it asks once only.");
        }
    }
}
