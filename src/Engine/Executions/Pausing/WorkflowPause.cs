using Temporalio.Api.Workflow.V1;

namespace AugmentedOS.Engine.Executions.Pausing;

/// <summary>Who paused a run, when and why.</summary>
internal sealed record WorkflowPause(Instant At, string Identity, string Reason, string RequestId)
{
    public WorkflowExecutionPauseInfo ToInfo() => new()
    {
        PausedTime = At.ToTimestamp(),
        Identity = Identity,
        Reason = Reason,
    };
}
