using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.StandaloneActivities;
using AugmentedOS.Engine.Visibility;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Asks an activity without a workflow to stop: a running attempt learns of it with its next heartbeat, and where
/// none runs that is the end. Answers <see cref="Done"/>, also to a repetition.</summary>
internal sealed record CancelStandaloneActivity(
    WorkflowKey Activities, RunId? Run, string RequestId, string Identity, string Reason) : RunInput(Activities, Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        var asked = state.Activity!.CancelRequest;
        if (asked?.RequestId == RequestId)
        {
            return Decision.Answer(Done.Instance);
        }

        if (state.IsClosed)
        {
            return Decision.Reject(Rejection.FailedPrecondition(
                $"activity is in terminal state {ActivityStandings.Of(state)}"));
        }

        if (asked is not null)
        {
            return Decision.Reject(Rejection.FailedPrecondition(
                $"cancellation already requested with request ID {asked.RequestId}"));
        }

        var draft = new Draft(state, context);
        draft.Emit(new StandaloneActivityAsked(ActivityRequestKind.Cancel, RequestId, Identity, Reason, draft.Now));
        var activity = ActivityRun.Of(draft.State);
        draft.Record(EventType.ActivityTaskCancelRequested, e => e.ActivityTaskCancelRequestedEventAttributes =
            new ActivityTaskCancelRequestedEventAttributes { ScheduledEventId = activity.ScheduledEventId });
        activity = ActivityRun.Of(draft.State);
        if (!activity.IsStarted)
        {
            ActivityClosing.Cancel(draft, activity, Details(), Identity);
        }

        return Decision.Accept(draft, Done.Instance);
    }

    private Payloads Details()
    {
        var reason = SearchAttributePayload.Keyword(Reason);
        reason.Metadata.Remove("type");
        return new Payloads { Payloads_ = { reason } };
    }
}
