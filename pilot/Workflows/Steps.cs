using AugmentedOS.Workflows.Errors;
using Temporalio.Workflows;

namespace AugmentedOS.Pilot.Workflows;

/// <summary>How activities are run and retried: as calls of a database of one's own, for as long as it takes.</summary>
/// <remarks>
/// No step gives up on its own: a busy or absent service is asked again until it answers, because only an answer says
/// whether money was moved. Also, the engine in this process stops with it, and a limit for all attempts would run on
/// meanwhile. What a service refuses for good comes back at once.
/// </remarks>
internal sealed class Steps(Pace pace)
{
    /// <summary>For steps that look things up or write things down.</summary>
    public ActivityOptions Ordinary => Until(Workflow.CancellationToken);

    /// <summary>
    /// For steps that move money. A cancelled workflow does not abandon them half-way: it would not know whether the
    /// money was moved, and could not put it right.
    /// </summary>
    public ActivityOptions Money => Until(CancellationToken.None);

    public ActivityOptions Until(CancellationToken cancelled) => RetryPresets.Database(options =>
    {
        options.StartToCloseTimeout = pace.StepTimeout;
        options.ScheduleToCloseTimeout = null;
        options.CancellationToken = cancelled;
    });
}
