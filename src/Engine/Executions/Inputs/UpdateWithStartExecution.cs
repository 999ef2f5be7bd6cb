using AugmentedOS.Engine.Executions.Starting;
using AugmentedOS.Engine.Executions.Updates;
using AugmentedOS.Engine.Updates;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Updates the running workflow, or starts one whose first workflow task brings the update. Answers
/// <see cref="UpdatedWithStart"/>; a refusal says of both operations what became of it.</summary>
/// <param name="StartRequest">Has passed <see cref="StartValidation"/>.</param>
/// <param name="Update">Its update id is set.</param>
internal sealed record UpdateWithStartExecution(
    WorkflowKey Workflow, StartWorkflowExecutionRequest StartRequest, Request Update, UpdateWaiter Waiter)
    : Input(Workflow, null), IUpdateInput
{
    Request? IUpdateInput.Asked => Update;

    public override Decision Decide(RunState? state, DecisionContext context)
    {
        if (state is null)
        {
            return Start(null, context);
        }

        var known = UpdateStanding.Of(state, Update.Meta.UpdateId, context);
        var isStartedByThis = StartRequest.RequestId.Length > 0 && StartRequest.RequestId == state.StartRequestId;
        if (known is { Progress: UpdateProgress.CompletedAt or UpdateProgress.Completed })
        {
            return Decision.Answer(Reply(state, known, context));
        }

        if (state.IsRunning
            && (isStartedByThis || known is not null
                || StartRequest.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.UseExisting))
        {
            return UpdateRunning(state, context);
        }

        // The workflow that this request started has closed before it got to the update: not for another to make up.
        return isStartedByThis
            ? Decision.Reject(MultiOperation.Refuse(null, UpdateRejections.AbortedByClosing()))
            : StartAfter(state, context);
    }

    private Decision UpdateRunning(RunState state, DecisionContext context)
    {
        var decision = UpdateAdmission.Decide(state, Update, context);
        return decision.IsRejected
            ? Decision.Reject(MultiOperation.Refuse(MultiOperation.Aborted, decision.Rejection))
            : decision with { Reply = Reply(state, (UpdateStanding)decision.Reply!, context) };
    }

    private Decision StartAfter(RunState state, DecisionContext context)
    {
        var policies = StartPolicies.Of(StartRequest, WorkflowIdConflictPolicy.Fail);
        var refusal = state switch
        {
            { IsClosed: true } => policies.RefuseAfter(state),
            _ when policies.Conflict == WorkflowIdConflictPolicy.TerminateExisting => null,
            _ => StartPolicies.RefuseWhileRunning(state),
        };
        return refusal is null
            ? Start(state, context)
            : Decision.Reject(MultiOperation.Refuse(refusal, MultiOperation.Aborted));
    }

    private Decision Start(RunState? before, DecisionContext context)
    {
        var run = NewRun.Begin(Workflow, StartRequest, parent: null, context);
        var started = FirstTask.Of(run, StartRequest);
        if (UpdateAdmission.RefuseNew(run.State, Update, context with { Live = null }) is { } refusal)
        {
            return Decision.Reject(MultiOperation.Refuse(MultiOperation.Aborted, refusal));
        }

        var reply = new UpdatedWithStart(
            started, new UpdateStanding(run.State.Key, UpdateProgress.Admitted.Instance));
        var decision = before is { IsRunning: true }
            ? Decision.Accept(Replacement.Of(before, run), reply)
            : Decision.Start(run, reply);
        return decision with { NewRunUpdates = [new InFlightUpdate(Update.Meta.UpdateId, Update)] };
    }

    private static UpdatedWithStart Reply(RunState state, UpdateStanding standing, DecisionContext context) => new(
        new StartedExecution(
            state.Key.Run,
            Started: false,
            state.Status,
            state.Started.FirstExecutionRunId,
            EventLinks.ToEvent(state.Key, context, 1, EventType.WorkflowExecutionStarted)),
        standing);
}
