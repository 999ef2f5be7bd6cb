using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Schedules;

/// <summary>An action that has started a workflow.</summary>
/// <param name="Due">When it should have started.</param>
/// <param name="StartedAt">When it did.</param>
/// <param name="FirstRun">The first run of its chain.</param>
/// <param name="IsExclusive">Whether others wait for its end.</param>
internal sealed record StartedAction(
    long Sequence, Instant Nominal, Instant Due, Instant StartedAt, string WorkflowId, RunId FirstRun, bool IsExclusive)
{
    /// <summary>Of the whole chain: running until its last run has ended.</summary>
    public WorkflowExecutionStatus Status { get; init; } = WorkflowExecutionStatus.Running;

    /// <summary>What the overlap policy asked of it.</summary>
    public ActionEnding Ending { get; init; }

    public bool IsRunning => Status == WorkflowExecutionStatus.Running;
}

/// <summary>The numbers are in files.</summary>
internal enum ActionEnding
{
    None = 0,
    Cancel = 1,
    Terminate = 2,
}
