using System.Collections.Immutable;
using AugmentedOS.Engine.Executions.Resetting;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>The workflow that sent a signal or a cancel request to another one.</summary>
/// <param name="Execution">The sender's workflow id and run id; the target's event names it.</param>
/// <param name="InitiatedEventId">The INITIATED event in the sender's history.</param>
/// <param name="ChildOnly">Whether only a child of the sender may receive it.</param>
internal sealed record ExternalSender(WorkflowExecution Execution, long InitiatedEventId, bool ChildOnly)
{
    /// <summary>The runs that the sender came from by resets: their children are its own.</summary>
    public ImmutableList<RunId> FormerRuns { get; init; } = [];

    /// <summary>Whether the sender may reach this run: any run, or only its child's.</summary>
    public bool MayReach(RunState target) =>
        !ChildOnly || ResetFamily.Includes(target.Started.ParentWorkflowExecution, Execution, FormerRuns);

    /// <summary>The answer to a sender that may reach only its children.</summary>
    public static Rejection NotTheParent() => Rejection.NotFound("workflow parent does not match");
}
