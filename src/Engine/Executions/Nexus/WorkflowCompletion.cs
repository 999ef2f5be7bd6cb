using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>A workflow's end as the end of the operation that it served.</summary>
internal static class WorkflowCompletion
{
    /// <remarks>The links name no namespace: who makes the call knows its name.</remarks>
    public static NexusCompletion Of(RunState closed, CompletionCallback callback)
    {
        var close = closed.CloseEvent!;
        var failure = FailureOf(close);
        return new NexusCompletion
        {
            Result = failure is null ? ResultOf(close) : null,
            Failure = failure,
            IsCanceled = close.EventType == EventType.WorkflowExecutionCanceled,
            StartedAt = closed.StartedAt,
            ClosedAt = Instant.From(close.EventTime),
            Links = [LinkTo(closed, callback)],
        };
    }

    /// <summary>Nexus knows one result: the first. A workflow without one has the null payload.</summary>
    private static Payload ResultOf(HistoryEvent close) =>
        close.WorkflowExecutionCompletedEventAttributes?.Result?.Payloads_.FirstOrDefault() ?? NullPayload.Instance;

    private static Failure? FailureOf(HistoryEvent close) => close.EventType switch
    {
        EventType.WorkflowExecutionFailed => close.WorkflowExecutionFailedEventAttributes.Failure ?? new Failure(),
        EventType.WorkflowExecutionCanceled => new Failure
        {
            Message = "operation canceled",
            CanceledFailureInfo = new CanceledFailureInfo
            {
                Details = close.WorkflowExecutionCanceledEventAttributes.Details,
            },
        },
        EventType.WorkflowExecutionTerminated => new Failure
        {
            Message = "operation terminated",
            TerminatedFailureInfo = new TerminatedFailureInfo(),
        },
        EventType.WorkflowExecutionTimedOut => new Failure
        {
            Message = "operation exceeded internal timeout",
            TimeoutFailureInfo = new TimeoutFailureInfo(),
        },
        _ => null,
    };

    /// <summary>A callback that was attached later is known by its request: its event may not have had an id when it
    /// came.</summary>
    private static Link LinkTo(RunState closed, CompletionCallback callback)
    {
        var link = new Link.Types.WorkflowEvent
        {
            WorkflowId = closed.Key.WorkflowId,
            RunId = closed.Key.Run.ToString(),
        };
        if (closed.AttachedRequestIds.ContainsKey(callback.RequestId))
        {
            link.RequestIdRef = new Link.Types.WorkflowEvent.Types.RequestIdReference
            {
                RequestId = callback.RequestId,
                EventType = EventType.WorkflowExecutionOptionsUpdated,
            };
        }
        else
        {
            link.EventRef = new Link.Types.WorkflowEvent.Types.EventReference
            {
                EventId = 1,
                EventType = EventType.WorkflowExecutionStarted,
            };
        }

        return new Link { WorkflowEvent = link };
    }
}
