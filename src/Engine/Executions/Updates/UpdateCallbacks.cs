using AugmentedOS.Engine.Executions.Nexus;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Update.V1;
using UpdateOptions =
    Temporalio.Api.History.V1.WorkflowExecutionOptionsUpdatedEventAttributes.Types.WorkflowUpdateOptionsUpdate;

namespace AugmentedOS.Engine.Executions.Updates;

/// <summary>Callers that do not wait, but leave an address where they are called when an update is done.</summary>
internal static class UpdateCallbacks
{
    /// <summary>What is wrong with a request that wants to be called; null when nothing is, or it does not.</summary>
    public static Rejection? Problem(RunState state, Request request, DecisionContext context)
    {
        if (request.CompletionCallbacks.Count == 0)
        {
            return null;
        }

        if (request.RequestId.Length == 0)
        {
            return Rejection.InvalidArgument(
                "invalid *update.Request: request_id is required when completion_callbacks are set");
        }

        var (waiting, most) = (Waiting(state), context.Limits.MaxCallbacks);
        return waiting + request.CompletionCallbacks.Count > most
            ? Rejection.FailedPrecondition(
                $"cannot attach more than {most} callbacks to a workflow ({waiting} callbacks already attached)")
            : ProblemOfUpdate(state, request, context);
    }

    private static Rejection? ProblemOfUpdate(RunState state, Request request, DecisionContext context)
    {
        var (id, most) = (request.Meta.UpdateId, context.Limits.MaxCallbacksPerUpdate);
        var known = state.Nexus.Callbacks.Values.Count(callback => callback.UpdateId == id);
        var unanswered = context.Updates.Find(update => update.Id == id);
        var attached = known + (unanswered?.Callbacks ?? 0);
        return attached + request.CompletionCallbacks.Count > most
            ? Rejection.FailedPrecondition(
                $"cannot attach more than {most} callbacks to update \"{id}\" ({attached} callbacks already attached)")
            : null;
    }

    private static int Waiting(RunState state) =>
        state.Nexus.Callbacks.Values.Count(callback => callback.Phase == CompletionCallbackPhase.Standby);

    /// <summary>A request for an update that is known: who is to be called when it is done is added. Where it is done
    /// already the answer says so, and nobody needs to be called.</summary>
    public static Decision Attach(RunState state, Request request, UpdateStanding known, DecisionContext context)
    {
        if (request.CompletionCallbacks.Count == 0 || !context.Limits.Features.UpdateCallbacks)
        {
            return Decision.Answer(known);
        }

        if (Problem(state, request, context) is { } problem)
        {
            return Decision.Reject(problem);
        }

        if (state.Updates.RequestIds.ContainsKey(request.RequestId))
        {
            return Decision.Answer(known);
        }

        var attached = new AttachedRequest(request.RequestId, [.. request.CompletionCallbacks]);
        if (context.Updates.Find(update => update.Id == request.Meta.UpdateId) is { } waiting)
        {
            return waiting.Knows(request.RequestId)
                ? Decision.Answer(known)
                : Decision.Answer(known) with
                {
                    Updates = context.Updates.Replace(
                        waiting, waiting with { Attached = waiting.Attached.Add(attached) }),
                };
        }

        if (known.Progress is not UpdateProgress.Accepted)
        {
            return Decision.Answer(known);
        }

        var draft = new Draft(state, context);
        draft.RecordOrBuffer(
            EventType.WorkflowExecutionOptionsUpdated, e => Fill(e, request.Meta.UpdateId, attached));
        return Decision.Accept(draft, known);
    }

    /// <summary>The update has been accepted: history learns of those who asked for it meanwhile.</summary>
    public static void Record(Draft draft, InFlightUpdate accepted)
    {
        foreach (var attached in accepted.Attached)
        {
            draft.Record(EventType.WorkflowExecutionOptionsUpdated, e => Fill(e, accepted.Id, attached));
        }
    }

    private static void Fill(HistoryEvent happened, string updateId, AttachedRequest attached)
    {
        happened.WorkerMayIgnore = true; // No workflow code acts on it, so that an old SDK may pass over it.
        happened.WorkflowExecutionOptionsUpdatedEventAttributes = new WorkflowExecutionOptionsUpdatedEventAttributes
        {
            WorkflowUpdateOptions =
            {
                new UpdateOptions
                {
                    UpdateId = updateId,
                    AttachedRequestId = attached.RequestId,
                    AttachedCompletionCallbacks = { attached.Callbacks },
                },
            },
        };
    }
}
