using AugmentedOS.Pilot.Activities;
using Temporalio.Common;
using Temporalio.Workflows;

namespace AugmentedOS.Pilot.Workflows;

/// <summary>How activities are run and retried.</summary>
/// <remarks>
/// No step gives up on its own: a busy or absent service is asked again until it answers, because only an answer says
/// whether money was moved. What a service refuses for good comes back at once.
/// </remarks>
internal sealed class Steps(Pace pace)
{
    /// <summary>For steps that look things up or write things down.</summary>
    public ActivityOptions Ordinary => new() { StartToCloseTimeout = pace.StepTimeout, RetryPolicy = Patient };

    /// <summary>
    /// For steps that move money. A cancelled workflow does not abandon them half-way: it would not know whether the
    /// money was moved, and could not put it right.
    /// </summary>
    public ActivityOptions Money => new()
    {
        StartToCloseTimeout = pace.StepTimeout,
        RetryPolicy = Patient,
        CancellationToken = CancellationToken.None,
    };

    private static RetryPolicy Patient => new()
    {
        InitialInterval = TimeSpan.FromMilliseconds(100),
        BackoffCoefficient = 2,
        MaximumInterval = TimeSpan.FromSeconds(5),
        NonRetryableErrorTypes = [BookingActivities.PostingRefused],
    };
}
