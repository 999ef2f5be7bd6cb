using System.Collections.Immutable;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Deliveries;

/// <summary>A parent has closed: a child that it started is terminated, or asked to cancel, whichever run of its chain
/// is the current one. Another workflow that uses the child's id by now is left alone.</summary>
/// <param name="FormerRuns">The runs that the parent came from by resets.</param>
internal sealed record ApplyClosePolicy(RunKey Source, PendingChild Child, ImmutableList<RunId> FormerRuns)
    : Delivery(Source, Child.InitiatedEventId)
{
    /// <summary>What a child's history gives as the reason of its termination.</summary>
    public const string Reason = "by parent close policy";

    private WorkflowKey Target => new(Source.Namespace, Child.Attributes.WorkflowId);

    private ExternalSender Sender => new(Source.ToExecution(), Id, ChildOnly: true) { FormerRuns = FormerRuns };

    public override bool IsDue(RunState source) => source.PendingDeliveries.Contains(Id);

    public override Input ToInput() => Child.Attributes.ParentClosePolicy == ParentClosePolicy.RequestCancel
        ? new RequestCancelExecution(Target, null, ToCancelRequest(), Sender)
        : new TerminateExecution(Target, null, ToTerminateRequest(), Sender);

    /// <summary>A child that is closed or gone needs no policy any more.</summary>
    public override Input OnOutcome(Outcome outcome) => new CompleteDelivery(Source, Id);

    private RequestCancelWorkflowExecutionRequest ToCancelRequest() => new()
    {
        Namespace = Child.Attributes.Namespace,
        WorkflowExecution = new WorkflowExecution { WorkflowId = Child.Attributes.WorkflowId },
        FirstExecutionRunId = Child.Run.ToString(),
        Identity = ForcedClose.ServiceIdentity,
        RequestId = RequestId,
    };

    private TerminateWorkflowExecutionRequest ToTerminateRequest() => new()
    {
        Namespace = Child.Attributes.Namespace,
        WorkflowExecution = new WorkflowExecution { WorkflowId = Child.Attributes.WorkflowId },
        FirstExecutionRunId = Child.Run.ToString(),
        Reason = Reason,
        Identity = ForcedClose.ServiceIdentity,
    };
}
