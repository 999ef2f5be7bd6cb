using Temporalio.Common;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Errors;

/// <summary>Timeouts and retries by kind of dependency, as activity options:
/// <c>Workflow.ExecuteActivityAsync((Shop shop) => shop.PayAsync(order), RetryPresets.PaymentProvider())</c>.</summary>
/// <remarks>
/// Each call gives new options, to be changed at will. All of them give up after a time, not after a number of
/// attempts: what counts is how long a dependency may be down, and a rate limit's own delays must not use up attempts.
/// None retries what <see cref="ErrorKinds.NonRetryableTypes"/> names. A <c>Retry-After</c> wins over the interval.
/// Safe inside workflows.
/// </remarks>
public static class RetryPresets
{
    /// <summary>The preset of a kind of dependency.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such kind.</exception>
    public static ActivityOptions For(DependencyKind kind, Action<ActivityOptions>? configure = null) => kind switch
    {
        DependencyKind.Database => Database(configure),
        DependencyKind.InternalService => InternalService(configure),
        DependencyKind.ExternalApi => ExternalApi(configure),
        DependencyKind.PaymentProvider => PaymentProvider(configure),
        DependencyKind.Email => Email(configure),
        DependencyKind.Human => Human(configure),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of dependency."),
    };

    /// <summary>10 s an attempt, first retry after 100 ms, at most 5 s between attempts, 5 minutes in all.</summary>
    /// <remarks>Locks and deadlocks are gone within milliseconds, so that the first retry is quick. A failover takes
    /// one to two minutes: five bridge it. A statement that needs more than ten seconds is a report or a missing index:
    /// give it its own time.
    /// </remarks>
    public static ActivityOptions Database(Action<ActivityOptions>? configure = null) => Options(
        new(Attempt: Seconds(10), InAll: Minutes(5), First: TimeSpan.FromMilliseconds(100), Longest: Seconds(5)),
        configure);

    /// <summary>30 s an attempt, first retry after 500 ms, at most 30 s between attempts, 15 minutes in all.</summary>
    /// <remarks>A deployment or a restart takes minutes; after fifteen somebody has been called, and the caller is
    /// told.</remarks>
    public static ActivityOptions InternalService(Action<ActivityOptions>? configure = null) => Options(
        new(Attempt: Seconds(30), InAll: Minutes(15), First: TimeSpan.FromMilliseconds(500), Longest: Seconds(30)),
        configure);

    /// <summary>60 s an attempt, first retry after 2 s, at most 5 minutes between attempts, 24 hours in all.</summary>
    /// <remarks>Outages of others last hours and end without notice: at five minutes apart an attempt meets the end of
    /// one soon enough and is no load while it lasts. Rate limits say themselves when to come again.</remarks>
    public static ActivityOptions ExternalApi(Action<ActivityOptions>? configure = null) => Options(
        new(Attempt: Seconds(60), InAll: TimeSpan.FromHours(24), First: Seconds(2), Longest: Minutes(5)), configure);

    /// <summary>90 s an attempt, first retry after 5 s, at most 10 minutes between attempts, 6 hours in all.</summary>
    /// <remarks>Giving up on a call leaves it unknown whether money moved, so that an attempt gets more time than the
    /// provider's own limit (usually 60 to 80 s). Every retry needs the same idempotency key: take it from the
    /// workflow's id and the step. Six hours are within the life of an authorization and of most providers' keys (24
    /// hours).</remarks>
    public static ActivityOptions PaymentProvider(Action<ActivityOptions>? configure = null) => Options(
        new(Attempt: Seconds(90), InAll: TimeSpan.FromHours(6), First: Seconds(5), Longest: Minutes(10)), configure);

    /// <summary>60 s an attempt, first retry after 1 minute, at most 30 minutes between attempts, 4 days in
    /// all.</summary>
    /// <remarks>As mail servers do among themselves (RFC 5321, 4.5.4.1: at least 30 minutes between retries, 4 to 5
    /// days until they give up). Greylisting refuses the first attempt for about a minute.</remarks>
    public static ActivityOptions Email(Action<ActivityOptions>? configure = null) => Options(
        new(Attempt: Seconds(60), InAll: TimeSpan.FromDays(4), First: Minutes(1), Longest: Minutes(30)), configure);

    /// <summary>30 days for the answer, first retry after 1 minute, at most 1 hour between attempts.</summary>
    /// <remarks>For an activity that hands a question over and is completed from outside. Putting it to the person is
    /// retried when it fails; the person is asked once, since an attempt has as much time as all of them. For
    /// reminders, escalation and several deciders use the approval pattern instead.</remarks>
    public static ActivityOptions Human(Action<ActivityOptions>? configure = null) => Options(
        new(Attempt: TimeSpan.FromDays(30), InAll: TimeSpan.FromDays(30), First: Minutes(1),
            Longest: TimeSpan.FromHours(1)),
        configure);

    private static ActivityOptions Options(Times times, Action<ActivityOptions>? configure)
    {
        var options = new ActivityOptions
        {
            StartToCloseTimeout = times.Attempt,
            ScheduleToCloseTimeout = times.InAll,
            RetryPolicy = new RetryPolicy
            {
                InitialInterval = times.First,
                BackoffCoefficient = 2,
                MaximumInterval = times.Longest,
                NonRetryableErrorTypes = ErrorKinds.NonRetryableTypes,
            },
        };
        configure?.Invoke(options);
        return options;
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private static TimeSpan Minutes(int minutes) => TimeSpan.FromMinutes(minutes);

    private sealed record Times(TimeSpan Attempt, TimeSpan InAll, TimeSpan First, TimeSpan Longest);
}
