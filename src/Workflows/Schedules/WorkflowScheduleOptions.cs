using Temporalio.Client;
using Temporalio.Client.Schedules;

namespace AugmentedOS.Workflows.Schedules;

/// <summary>How a declared schedule starts its workflow.</summary>
public sealed class WorkflowScheduleOptions
{
    /// <summary>The started workflow's options. Without an id it is the schedule's, to which the server adds the time;
    /// without a task queue it is that of this application's worker that has the workflow.</summary>
    public WorkflowOptions Workflow { get; } = new();

    /// <summary>What happens when the one before still runs, what is caught up after a standstill, and whether a
    /// failure pauses. Default: skip, what the server says (a year), no.</summary>
    public SchedulePolicy Policy { get; set; } = new();

    /// <summary>Whether it also starts one when it is created. Default: no.</summary>
    public bool TriggerWhenCreated { get; set; }

    /// <summary>Whether it is created paused. From then on pausing is the operators' business: an update leaves it as
    /// it is.
    /// </summary>
    public bool CreatePaused { get; set; }
}
