using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.StandaloneActivities;
using AugmentedOS.Engine.Executions.Starting;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Starts an activity without a workflow. Answers <see cref="StartedStandalone"/>.</summary>
/// <param name="Activities">The activity's id in the space of such activities.</param>
/// <param name="Sdk">What the client is built with; null when not known.</param>
internal sealed record StartStandaloneActivity(
    WorkflowKey Activities, StartActivityExecutionRequest Request, SdkClient? Sdk = null) : Input(Activities, null)
{
    /// <summary><c>chasm.maxLinksPerComponent</c></summary>
    private const int MaxLinks = 2000;

    public override Decision Decide(RunState? state, DecisionContext context)
    {
        if (state is not null && Existing(state, context) is { } known)
        {
            return known;
        }

        var isEager = Request.RequestEagerExecution && context.Limits.Features.EagerActivities
            && Request.StartDelay.OrZero() <= TimeSpan.Zero;
        var draft = ActivityRun.Begin(Workflow, Request, isEager, context);
        return Decision.Start(draft, new StartedStandalone(
            draft.State.Key.Run, IsNew: true, isEager ? Take(draft) : null));
    }

    /// <summary>Who starts it works on it: no poll comes between.</summary>
    private StartedActivity Take(Draft draft)
    {
        var scheduledEventId = ActivityRun.Of(draft.State).ScheduledEventId;
        draft.Emit(new ActivityAttemptStarted(
            scheduledEventId, draft.Now, Request.Identity, draft.Context.Ids.Next().ToString("D")));
        draft.Emit(new StandaloneActivityTaken(new AttemptWorker(Sdk?.Name ?? "", Sdk?.Version ?? "", "", "")));
        return new StartedActivity(draft.State, ActivityRun.Of(draft.State));
    }

    /// <summary>A client's retry is answered as its request was, as long as that attempt runs.</summary>
    private StartedActivity? TakenBefore(RunState state) =>
        Request.RequestEagerExecution && state is { IsRunning: true, Activity.IsEager: true }
        && ActivityRun.Of(state) is { IsStarted: true, Attempt: 1 } activity
            ? new StartedActivity(state, activity)
            : null;

    private Decision? Existing(RunState state, DecisionContext context)
    {
        if (state.StartRequestId == Request.RequestId)
        {
            return Decision.Answer(new StartedStandalone(state.Key.Run, IsNew: false, TakenBefore(state)));
        }

        if (state.AttachedRequestIds.ContainsKey(Request.RequestId))
        {
            return Decision.Answer(new StartedStandalone(state.Key.Run, IsNew: false));
        }

        if (state.IsRunning)
        {
            return Request.IdConflictPolicy == ActivityIdConflictPolicy.UseExisting
                ? UseExisting(state, context)
                : Decision.Reject(AlreadyStarted(state));
        }

        return Request.IdReusePolicy switch
        {
            ActivityIdReusePolicy.RejectDuplicate => Decision.Reject(AlreadyStarted(state)),
            ActivityIdReusePolicy.AllowDuplicateFailedOnly
                when state.Status == WorkflowExecutionStatus.Completed => Decision.Reject(AlreadyStarted(state)),
            _ => null,
        };
    }

    private Decision UseExisting(RunState running, DecisionContext context)
    {
        var reply = new StartedStandalone(running.Key.Run, IsNew: false);
        var callbacks = Request.OnConflictOptions is { AttachCompletionCallbacks: true } ? Request.CompletionCallbacks : [];
        var links = Request.OnConflictOptions is { AttachLinks: true } ? Request.Links : [];
        if (callbacks.Count == 0 && links.Count == 0)
        {
            return Decision.Answer(reply);
        }

        var refusal = TooMany("callbacks", running.Nexus.Callbacks.Count, callbacks.Count, context.Limits.MaxCallbacks)
            ?? TooMany("links", running.Activity!.Links.Count, links.Count, MaxLinks);
        if (refusal is not null)
        {
            return Decision.Reject(refusal);
        }

        var draft = new Draft(running, context);
        draft.Record(EventType.WorkflowExecutionOptionsUpdated, e =>
        {
            e.WorkflowExecutionOptionsUpdatedEventAttributes = new WorkflowExecutionOptionsUpdatedEventAttributes
            {
                Identity = Request.Identity,
                AttachedRequestId = Request.RequestId,
                AttachedCompletionCallbacks = { StartCallbacks.Normalize(callbacks) },
            };
            e.Links.AddRange(links);
        });
        return Decision.Accept(draft, reply);
    }

    private static Rejection? TooMany(string what, int attached, int more, int most) => attached + more > most
        ? Rejection.FailedPrecondition(
            $"cannot attach more than {most} {what} to an activity ({attached} {what} already attached)")
        : null;

    private static Rejection AlreadyStarted(RunState state) => new(
        StatusCode.AlreadyExists,
        "activity execution already started",
        new ActivityExecutionAlreadyStartedFailure
        {
            StartRequestId = state.StartRequestId,
            RunId = state.Key.Run.ToString(),
        });
}
