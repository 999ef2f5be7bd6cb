using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Describing;
using AugmentedOS.Engine.Executions.Nexus;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Nexus.V1;
using TemporalFailure = Temporalio.Api.Failure.V1.Failure;

namespace AugmentedOS.Engine.Api.Nexus.Standalone;

/// <summary>An operation that no workflow called, as descriptions show it.</summary>
internal static class OperationInfo
{
    /// <summary>As it is, or as it was last.</summary>
    public static NexusOperation OperationOf(RunState state) =>
        state.Nexus.Standalone!.Final ?? state.Nexus.Operations.Values.Single();

    /// <summary>What a closed one ended with; null when that is a result.</summary>
    public static TemporalFailure? FailureOf(RunState state) => state.Status == WorkflowExecutionStatus.Terminated
        ? new TemporalFailure
        {
            Message = state.CloseEvent!.WorkflowExecutionTerminatedEventAttributes.Reason,
            TerminatedFailureInfo = new TerminatedFailureInfo
            {
                Identity = state.CloseEvent.WorkflowExecutionTerminatedEventAttributes.Identity,
            },
        }
        : state.Nexus.Standalone!.Failure;

    public static NexusOperationExecutionStatus StatusOf(WorkflowExecutionStatus status) => status switch
    {
        WorkflowExecutionStatus.Running => NexusOperationExecutionStatus.Running,
        WorkflowExecutionStatus.Completed => NexusOperationExecutionStatus.Completed,
        WorkflowExecutionStatus.Failed => NexusOperationExecutionStatus.Failed,
        WorkflowExecutionStatus.Canceled => NexusOperationExecutionStatus.Canceled,
        WorkflowExecutionStatus.Terminated => NexusOperationExecutionStatus.Terminated,
        WorkflowExecutionStatus.TimedOut => NexusOperationExecutionStatus.TimedOut,
        _ => NexusOperationExecutionStatus.Unspecified,
    };

    public static NexusOperationExecutionInfo Of(RunState state, Instant now)
    {
        var standalone = state.Nexus.Standalone!;
        var operation = OperationOf(state);
        var attributes = operation.Attributes;
        var closedAt = state.CloseEvent?.EventTime;
        var info = new NexusOperationExecutionInfo
        {
            OperationId = state.Key.WorkflowId,
            RunId = state.Key.Run.ToString(),
            Endpoint = attributes.Endpoint,
            Service = attributes.Service,
            Operation = attributes.Operation,
            Status = StatusOf(state.Status),
            State = state.IsRunning
                ? PendingNexusOperations.StateOf(operation.Phase)
                : PendingNexusOperationState.Unspecified,
            ScheduleToCloseTimeout = attributes.ScheduleToCloseTimeout,
            ScheduleToStartTimeout = attributes.ScheduleToStartTimeout,
            StartToCloseTimeout = attributes.StartToCloseTimeout,
            Attempt = Math.Max(1, operation.Attempts + (operation.Phase == NexusOperationPhase.Scheduled ? 1 : 0)),
            ScheduleTime = operation.ScheduledAt.ToTimestamp(),
            ExpirationTime = operation.ScheduleToClose > TimeSpan.Zero
                ? (operation.ScheduledAt + operation.ScheduleToClose).ToTimestamp()
                : null,
            CloseTime = closedAt,
            ExecutionDuration =
                ((closedAt is null ? now : Instant.From(closedAt)) - operation.ScheduledAt).ToProto(),
            LastAttemptCompleteTime = operation.LastAttemptAt?.ToTimestamp(),
            LastAttemptFailure = operation.LastFailure,
            NextAttemptScheduleTime = state.IsRunning ? operation.NextAttemptAt?.ToTimestamp() : null,
            RequestId = attributes.RequestId,
            OperationToken = operation.Token,
            StateTransitionCount = state.Transitions,
            StateSizeBytes = state.HistorySize,
            SearchAttributes = new SearchAttributes(),
            UserMetadata = state.UserMetadata,
            Identity = standalone.Identity,
            CancellationInfo = CancellationOf(standalone, operation),
        };
        info.SearchAttributes.IndexedFields.Add(state.SearchAttributes
            .Where(a => !StandaloneOperations.Attributes.Contains(a.Key))
            .ToDictionary(StringComparer.Ordinal));
        info.NexusHeader.Add(attributes.NexusHeader);
        info.Links.AddRange(standalone.Links);
        return info;
    }

    private static NexusOperationExecutionCancellationInfo? CancellationOf(
        StandaloneOperation standalone, NexusOperation operation) =>
        standalone.CancelRequest is not { } request || operation.Cancellation is not { } cancellation
            ? null
            : new NexusOperationExecutionCancellationInfo
            {
                RequestedTime = request.At.ToTimestamp(),
                State = PendingNexusOperations.StateOf(cancellation.Phase),
                Attempt = cancellation.Attempts + (cancellation.Phase == NexusCancellationPhase.Scheduled ? 1 : 0),
                LastAttemptCompleteTime = cancellation.LastAttemptAt?.ToTimestamp(),
                LastAttemptFailure = cancellation.LastFailure,
                NextAttemptScheduleTime = cancellation.NextAttemptAt?.ToTimestamp(),
                Reason = request.Reason,
            };
}
