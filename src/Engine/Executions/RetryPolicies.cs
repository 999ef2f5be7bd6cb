using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>The rules of retry policies, the same for activities and workflows.</summary>
internal static class RetryPolicies
{
    private const string TimeoutPrefix = "TemporalTimeout:";
    private const double DefaultCoefficient = 2.0;
    private const int DefaultMaximumIntervalFactor = 100;
    private static readonly TimeSpan DefaultInitialInterval = TimeSpan.FromSeconds(1);

    /// <summary>A copy with what was left out filled in; the defaults alone for null.</summary>
    public static RetryPolicy WithDefaults(RetryPolicy? policy)
    {
        var filled = policy?.Clone() ?? new RetryPolicy();
        if (IsZero(filled.InitialInterval))
        {
            filled.InitialInterval = DefaultInitialInterval.ToProto();
        }

        if (IsZero(filled.MaximumInterval))
        {
            filled.MaximumInterval =
                Scale(filled.InitialInterval.OrZero(), DefaultMaximumIntervalFactor).ToProto();
        }

        if (filled.BackoffCoefficient == 0)
        {
            filled.BackoffCoefficient = DefaultCoefficient;
        }

        return filled;
    }

    /// <summary>What is wrong with a policy that has its defaults, word for word; null when nothing is.</summary>
    public static string? Validate(RetryPolicy? policy)
    {
        // One attempt means no retry, so nothing else of the policy matters.
        if (policy is null || policy.MaximumAttempts == 1)
        {
            return null;
        }

        if (policy.InitialInterval.Problem() is { } initialProblem)
        {
            return $"invalid InitialInterval set on retry policy: {initialProblem}";
        }

        // Stated this way round, a coefficient that is not a number is refused too.
        if (!(policy.BackoffCoefficient >= 1))
        {
            return "BackoffCoefficient cannot be less than 1 on retry policy.";
        }

        if (policy.MaximumInterval.Problem() is { } maximumProblem)
        {
            return $"invalid MaximumInterval set on retry policy: {maximumProblem}";
        }

        var maximum = policy.MaximumInterval.OrZero();
        if (maximum > TimeSpan.Zero && maximum < policy.InitialInterval.OrZero())
        {
            return "MaximumInterval cannot be less than InitialInterval on retry policy.";
        }

        if (policy.MaximumAttempts < 0)
        {
            return "MaximumAttempts cannot be negative on retry policy.";
        }

        return policy.NonRetryableErrorTypes.Select(UnknownTimeoutType).FirstOrDefault(text => text is not null);
    }

    /// <summary>Whether, and when, the attempt that just failed is followed by another.</summary>
    /// <param name="policy">With its defaults; null means no retries.</param>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="failure">Why; null counts as retryable.</param>
    /// <param name="expiresAt">The next attempt must not begin after it; null when there is no such limit.</param>
    /// <param name="delayIgnoresMaximum">Whether the failure's own next_retry_delay may exceed the policy's maximum
    /// interval: an activity's may, a workflow's may not (and a delay of nothing means the maximum there).</param>
    public static RetryDecision NextRetry(
        RetryPolicy? policy, int attempt, Failure? failure, Instant now, Instant? expiresAt, bool delayIgnoresMaximum)
    {
        if (policy is null)
        {
            return RetryDecision.GiveUp(RetryState.RetryPolicyNotSet);
        }

        if (!IsRetryable(failure, policy))
        {
            return RetryDecision.GiveUp(RetryState.NonRetryableFailure);
        }

        if (policy.MaximumAttempts > 0 && attempt >= policy.MaximumAttempts)
        {
            return RetryDecision.GiveUp(RetryState.MaximumAttemptsReached);
        }

        var delay = Delay(policy, attempt, failure?.ApplicationFailureInfo?.NextRetryDelay, delayIgnoresMaximum);
        return delay <= TimeSpan.Zero || (expiresAt is { } expiry && now + delay > expiry)
            ? RetryDecision.GiveUp(RetryState.Timeout)
            : new RetryDecision(RetryState.InProgress, delay);
    }

    /// <summary>How long the attempt after <paramref name="attempt"/> waits: exponential, capped, without jitter.</summary>
    public static TimeSpan Interval(RetryPolicy policy, int attempt)
    {
        var interval = Scale(
            policy.InitialInterval.OrZero(), Math.Pow(policy.BackoffCoefficient, Math.Max(attempt, 1) - 1));
        var maximum = policy.MaximumInterval.OrZero();
        return maximum > TimeSpan.Zero && interval > maximum ? maximum : interval;
    }

    /// <summary>Whether another attempt could help, whatever the number of attempts and the time left.</summary>
    public static bool IsRetryable(Failure? failure, RetryPolicy policy) => failure?.FailureInfoCase switch
    {
        Failure.FailureInfoOneofCase.TerminatedFailureInfo or Failure.FailureInfoOneofCase.CanceledFailureInfo => false,
        Failure.FailureInfoOneofCase.TimeoutFailureInfo =>
            failure.TimeoutFailureInfo.TimeoutType is TimeoutType.StartToClose or TimeoutType.Heartbeat
            && !policy.NonRetryableErrorTypes.Contains(TimeoutPrefix + failure.TimeoutFailureInfo.TimeoutType),
        Failure.FailureInfoOneofCase.ServerFailureInfo => !failure.ServerFailureInfo.NonRetryable,
        Failure.FailureInfoOneofCase.ApplicationFailureInfo =>
            !failure.ApplicationFailureInfo.NonRetryable
            && !policy.NonRetryableErrorTypes.Contains(failure.ApplicationFailureInfo.Type),
        _ => true,
    };

    private static TimeSpan Delay(RetryPolicy policy, int attempt, Duration? requested, bool delayIgnoresMaximum)
    {
        if (requested is null)
        {
            return Interval(policy, attempt);
        }

        var delay = requested.OrZero();
        var maximum = policy.MaximumInterval.OrZero();
        return !delayIgnoresMaximum && maximum > TimeSpan.Zero && (delay > maximum || delay <= TimeSpan.Zero)
            ? maximum
            : delay;
    }

    private static string? UnknownTimeoutType(string nonRetryable)
    {
        if (!nonRetryable.StartsWith(TimeoutPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        var name = nonRetryable[TimeoutPrefix.Length..];
        return name is "Unspecified" or "StartToClose" or "ScheduleToStart" or "ScheduleToClose" or "Heartbeat"
            ? null
            : $"Invalid timeout type value: {name}.";
    }

    private static bool IsZero(Duration? duration) => duration is null or { Seconds: 0, Nanos: 0 };

    /// <summary>The product, held within the range of durations: exponents soon leave it.</summary>
    private static TimeSpan Scale(TimeSpan span, double factor)
    {
        var ticks = span.Ticks * factor;
        return ticks < DurationConversions.Longest.Ticks ? new TimeSpan((long)ticks) : DurationConversions.Longest;
    }
}
