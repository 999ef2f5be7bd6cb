namespace AugmentedOS.Workflows.Replay;

/// <summary>What came of replaying a run.</summary>
/// <param name="WorkflowId">The workflow.</param>
/// <param name="RunId">The run.</param>
/// <param name="WorkflowType">Its type.</param>
/// <param name="State">How it stood when its history was taken.</param>
/// <param name="Events">How many events it has.</param>
/// <param name="Problem">Why it cannot be replayed; null when it can.</param>
public sealed record ReplayedRun(
    string WorkflowId, string RunId, string WorkflowType, RunState State, int Events, ReplayProblem? Problem)
{
    /// <summary>Whether deploying the build would break it.</summary>
    public bool WouldBreak => Problem is not null && State == RunState.Open;
}
