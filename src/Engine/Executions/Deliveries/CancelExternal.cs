using System.Collections.Immutable;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Deliveries;

/// <summary>A workflow asks another one to cancel: a child of its own, or a stranger. Asking itself never succeeds.</summary>
internal sealed record CancelExternal(
    RunKey Source, long Id, RequestCancelExternalWorkflowExecutionInitiatedEventAttributes Attributes)
    : Delivery(Source, Id)
{
    /// <summary>The runs that the source came from by resets.</summary>
    public ImmutableList<RunId> FormerRuns { get; init; } = [];

    private bool IsToItself => Attributes.WorkflowExecution.WorkflowId == Source.WorkflowId;

    public override bool IsDue(RunState source) => source.IsRunning && source.Externals.ContainsKey(Id);

    public override Input ToInput() => IsToItself
        ? new RecordExternalCancelFailed(
            Source, Id, CancelExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound)
        : new RequestCancelExecution(
            new WorkflowKey(Source.Namespace, Attributes.WorkflowExecution.WorkflowId),
            RunOf(Attributes.WorkflowExecution),
            ToRequest(),
            new ExternalSender(Source.ToExecution(), Id, Attributes.ChildWorkflowOnly) { FormerRuns = FormerRuns });

    public override Input? OnOutcome(Outcome outcome)
    {
        if (IsToItself)
        {
            return null;
        }

        return outcome.IsRejected
            ? new RecordExternalCancelFailed(Source, Id, CauseOf(outcome.Rejection))
            : new RecordExternalCancelRequested(Source, Id);
    }

    private RequestCancelWorkflowExecutionRequest ToRequest() => new()
    {
        Namespace = Attributes.Namespace,
        WorkflowExecution = Attributes.WorkflowExecution,
        Identity = ForcedClose.ServiceIdentity,
        RequestId = RequestId,
        Reason = Attributes.Reason,
    };

    private static CancelExternalWorkflowExecutionFailedCause CauseOf(Rejection refusal) =>
        refusal.Detail is NamespaceNotFoundFailure
            ? CancelExternalWorkflowExecutionFailedCause.NamespaceNotFound
            : CancelExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound;
}
