using Temporalio.Api.Update.V1;

namespace AugmentedOS.Engine.Executions.Updates;

/// <summary>Whether a run takes an update, and how it then gets to a worker.</summary>
internal static class UpdateAdmission
{
    private const int FailingAttempt = 3;

    /// <summary>Admits the update, or finds it; answered with an <see cref="UpdateStanding"/>.</summary>
    public static Decision Decide(RunState state, Request request, DecisionContext context)
    {
        var id = request.Meta.UpdateId;
        var known = UpdateStanding.Of(state, id, context);
        if (state.IsClosed)
        {
            return known is not null ? Decision.Answer(known) : Decision.Reject(Rejection.AlreadyCompleted());
        }

        if (Refuse(state) is { } refusal)
        {
            return Decision.Reject(refusal);
        }

        if (known is not null)
        {
            return UpdateCallbacks.Attach(state, request, known, context);
        }

        if (RefuseNew(state, request, context) is { } full)
        {
            return Decision.Reject(full);
        }

        return Schedule(state, context) with { Updates = context.Updates.Add(new InFlightUpdate(id, request)) };
    }

    /// <summary>Why this update cannot be one more of the run; null when it can.</summary>
    public static Rejection? RefuseNew(RunState state, Request request, DecisionContext context) =>
        UpdateLimits.Refuse(state, request, context) ?? UpdateCallbacks.Problem(state, request, context);

    /// <summary>Why a running workflow takes no update now; null when it does.</summary>
    private static Rejection? Refuse(RunState state)
    {
        if (state.IsPaused)
        {
            return UpdateRejections.Paused();
        }

        if (state.Task is { Attempt: >= FailingAttempt })
        {
            return UpdateRejections.Failing();
        }

        // The workflow tried to close and something came between; were that to happen again and again, it never would.
        return state is { IsClosing: true, Task.IsStarted: true } ? UpdateRejections.Closing() : null;
    }

    /// <summary>A pending task takes the update along, or another one follows it. A child that its parent does not know
    /// of yet has its first task soon.</summary>
    private static Decision Schedule(RunState state, DecisionContext context)
    {
        var reply = new UpdateStanding(state.Key, UpdateProgress.Admitted.Instance);
        if (state.Task is not null || state.AwaitsParent)
        {
            return Decision.Answer(reply);
        }

        var draft = new Draft(state, context);
        WorkflowTasks.ScheduleSpeculative(draft);
        return Decision.Hold(draft, reply);
    }
}
