using System.Collections.Immutable;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Deliveries;

/// <summary>A workflow signals another one. A signal to itself never arrives, as on a Temporal server.</summary>
internal sealed record SignalExternal(
    RunKey Source, long Id, SignalExternalWorkflowExecutionInitiatedEventAttributes Attributes) : Delivery(Source, Id)
{
    /// <summary>The runs that the source came from by resets.</summary>
    public ImmutableList<RunId> FormerRuns { get; init; } = [];

    private bool IsToItself => Attributes.WorkflowExecution.WorkflowId == Source.WorkflowId;

    public override bool IsDue(RunState source) => source.IsRunning && source.Externals.ContainsKey(Id);

    public override Input ToInput() => IsToItself
        ? new RecordExternalSignalFailed(
            Source, Id, SignalExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound)
        : new SignalExecution(
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
            ? new RecordExternalSignalFailed(Source, Id, CauseOf(outcome.Rejection))
            : new RecordExternalSignaled(Source, Id);
    }

    private SignalWorkflowExecutionRequest ToRequest() => new()
    {
        Namespace = Attributes.Namespace,
        WorkflowExecution = Attributes.WorkflowExecution,
        SignalName = Attributes.SignalName,
        Input = Attributes.Input,
        Header = Attributes.Header,
        Identity = ForcedClose.ServiceIdentity,
        RequestId = RequestId,
    };

    private static SignalExternalWorkflowExecutionFailedCause CauseOf(Rejection refusal) => refusal switch
    {
        { Detail: NamespaceNotFoundFailure } => SignalExternalWorkflowExecutionFailedCause.NamespaceNotFound,
        { Code: StatusCode.InvalidArgument } => SignalExternalWorkflowExecutionFailedCause.SignalCountLimitExceeded,
        _ => SignalExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound,
    };
}
