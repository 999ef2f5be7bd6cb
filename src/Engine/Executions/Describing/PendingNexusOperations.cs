using AugmentedOS.Engine.Executions.Nexus;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;

namespace AugmentedOS.Engine.Executions.Describing;

/// <summary>Nexus operations that a run waits for, and callbacks that wait for it, as a description shows them.</summary>
internal static class PendingNexusOperations
{
    public static PendingNexusOperationInfo Of(NexusOperation operation) => new()
    {
        Endpoint = operation.Attributes.Endpoint,
        Service = operation.Attributes.Service,
        Operation = operation.Attributes.Operation,
#pragma warning disable CS0612 // Older clients read only this one.
        OperationId = operation.Token,
#pragma warning restore CS0612
        OperationToken = operation.Token,
        ScheduledEventId = operation.ScheduledEventId,
        ScheduleToCloseTimeout = operation.Attributes.ScheduleToCloseTimeout,
        ScheduleToStartTimeout = operation.Attributes.ScheduleToStartTimeout,
        StartToCloseTimeout = operation.Attributes.StartToCloseTimeout,
        ScheduledTime = operation.ScheduledAt.ToTimestamp(),
        State = StateOf(operation.Phase),
        Attempt = operation.Attempts,
        LastAttemptCompleteTime = operation.LastAttemptAt?.ToTimestamp(),
        LastAttemptFailure = operation.LastFailure,
        NextAttemptScheduleTime = operation.NextAttemptAt?.ToTimestamp(),
        CancellationInfo = operation.Cancellation is { } cancellation ? Of(cancellation) : null,
    };

    public static CallbackInfo Of(CompletionCallback callback) => new()
    {
        Callback = callback.Callback,
        Trigger = TriggerOf(callback),
        RegistrationTime = callback.RegisteredAt.ToTimestamp(),
        State = StateOf(callback.Phase),
        Attempt = callback.Attempts,
        LastAttemptCompleteTime = callback.LastAttemptAt?.ToTimestamp(),
        LastAttemptFailure = callback.LastFailure.Length == 0 ? null : new Temporalio.Api.Failure.V1.Failure
        {
            Message = callback.LastFailure,
            ApplicationFailureInfo = new Temporalio.Api.Failure.V1.ApplicationFailureInfo
            {
                NonRetryable = callback.Phase == CompletionCallbackPhase.Failed,
            },
        },
        NextAttemptScheduleTime = callback.NextAttemptAt?.ToTimestamp(),
    };

    public static PendingNexusOperationState StateOf(NexusOperationPhase phase) => phase switch
    {
        NexusOperationPhase.Scheduled => PendingNexusOperationState.Scheduled,
        NexusOperationPhase.BackingOff => PendingNexusOperationState.BackingOff,
        NexusOperationPhase.Started => PendingNexusOperationState.Started,
        _ => throw new ArgumentOutOfRangeException(nameof(phase)),
    };

    public static NexusOperationCancellationState StateOf(NexusCancellationPhase phase) => phase switch
    {
        NexusCancellationPhase.AwaitsStart => NexusOperationCancellationState.Unspecified,
        NexusCancellationPhase.Scheduled => NexusOperationCancellationState.Scheduled,
        NexusCancellationPhase.BackingOff => NexusOperationCancellationState.BackingOff,
        NexusCancellationPhase.Succeeded => NexusOperationCancellationState.Succeeded,
        NexusCancellationPhase.Failed => NexusOperationCancellationState.Failed,
        _ => throw new ArgumentOutOfRangeException(nameof(phase)),
    };

    private static NexusOperationCancellationInfo Of(NexusCancellation cancellation) => new()
    {
        RequestedTime = cancellation.RequestedAt?.ToTimestamp(),
        State = StateOf(cancellation.Phase),
        Attempt = cancellation.Attempts,
        LastAttemptCompleteTime = cancellation.LastAttemptAt?.ToTimestamp(),
        LastAttemptFailure = cancellation.LastFailure,
        NextAttemptScheduleTime = cancellation.NextAttemptAt?.ToTimestamp(),
    };

    private static CallbackInfo.Types.Trigger TriggerOf(CompletionCallback callback) => callback.UpdateId.Length == 0
        ? new CallbackInfo.Types.Trigger { WorkflowClosed = new CallbackInfo.Types.WorkflowClosed() }
        : new CallbackInfo.Types.Trigger
        {
            UpdateWorkflowExecutionCompleted = new CallbackInfo.Types.UpdateWorkflowExecutionCompleted
            {
                UpdateId = callback.UpdateId,
            },
        };

    private static CallbackState StateOf(CompletionCallbackPhase phase) => phase switch
    {
        CompletionCallbackPhase.Standby => CallbackState.Standby,
        CompletionCallbackPhase.Scheduled => CallbackState.Scheduled,
        CompletionCallbackPhase.BackingOff => CallbackState.BackingOff,
        CompletionCallbackPhase.Succeeded => CallbackState.Succeeded,
        CompletionCallbackPhase.Failed => CallbackState.Failed,
        _ => throw new ArgumentOutOfRangeException(nameof(phase)),
    };
}
