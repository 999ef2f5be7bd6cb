using AugmentedOS.Engine.Executions.Chains;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>Runs whose time is up.</summary>
internal static class ExpiredRuns
{
    /// <summary>Times the run out; it may be retried, or followed by the next cron run, while its chain has time
    /// left.</summary>
    public static void Handle(Draft draft, Deadline due)
    {
        var chainIsOver = RunExpiry.ExecutionExpiry(draft.State) is { } expiry && expiry <= draft.Now;
        var succession = chainIsOver
            ? Succession.None(RetryState.Timeout)
            : Succession.AfterFailure(draft.State, Timeout(), draft.Context);
        ForcedClose.TakeTaskAway(draft);
        draft.Record(EventType.WorkflowExecutionTimedOut, e => e.WorkflowExecutionTimedOutEventAttributes =
            new WorkflowExecutionTimedOutEventAttributes
            {
                RetryState = succession.RetryState,
                NewExecutionRunId = succession.NextRunId,
            });
        succession.Begin(draft);
    }

    private static Failure Timeout() => new()
    {
        Message = "workflow timeout",
        Source = "Server",
        TimeoutFailureInfo = new TimeoutFailureInfo { TimeoutType = TimeoutType.StartToClose },
    };
}
