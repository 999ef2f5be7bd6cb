using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>A signal or cancel request on its way to another workflow: exactly one of the attributes is set.</summary>
internal sealed record PendingExternal(
    long InitiatedEventId,
    SignalExternalWorkflowExecutionInitiatedEventAttributes? Signal,
    RequestCancelExternalWorkflowExecutionInitiatedEventAttributes? Cancel);
