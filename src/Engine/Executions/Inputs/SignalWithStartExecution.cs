using AugmentedOS.Engine.Executions.Starting;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Signals the running workflow, or starts one with the signal already in its history. Answers
/// <see cref="SignalWithStartedExecution"/>.</summary>
/// <param name="Request">Has passed <see cref="StartValidation"/>.</param>
internal sealed record SignalWithStartExecution(
    WorkflowKey Workflow, SignalWithStartWorkflowExecutionRequest Request) : Input(Workflow, null)
{
    public override Decision Decide(RunState? state, DecisionContext context)
    {
        var start = SignalWithStart.ToStart(Request);
        var signal = SignalWithStart.ToSignal(Request);
        if (state is null)
        {
            return Begin(null, start, signal, context);
        }

        var policies = StartPolicies.Of(start, WorkflowIdConflictPolicy.UseExisting);
        if (state.IsRunning && policies.Conflict != WorkflowIdConflictPolicy.TerminateExisting)
        {
            return SignalRunning(state, signal, context);
        }

        if (Signals.IsKnown(state, Request.RequestId) || SignalWithStart.IsRetry(state, Request))
        {
            return Decision.Answer(Reply(state, context));
        }

        return state.IsClosed && policies.RefuseAfter(state) is { } refusal
            ? Decision.Reject(refusal)
            : Begin(state, start, signal, context);
    }

    private Decision SignalRunning(RunState state, SignalWorkflowExecutionRequest signal, DecisionContext context)
    {
        if (Signals.IsKnown(state, Request.RequestId))
        {
            return Decision.Answer(Reply(state, context));
        }

        if (Signals.Refuse(state, context) is { } refusal)
        {
            return Decision.Reject(refusal);
        }

        var draft = new Draft(state, context);
        Signals.Record(draft, signal, sender: null);
        FirstTaskBackoff.End(draft); // Whoever wants the workflow to run now does not wait for a delay or a cron tick.
        WorkflowTasks.Ensure(draft);
        return Decision.Accept(draft, Reply(state, context));
    }

    private Decision Begin(
        RunState? before,
        StartWorkflowExecutionRequest start,
        SignalWorkflowExecutionRequest signal,
        DecisionContext context)
    {
        var run = NewRun.Begin(Workflow, start, parent: null, context);
        Signals.Record(run, signal, sender: null);
        WorkflowTasks.Ensure(run);
        var reply = Reply(run.State, context);
        return before is { IsRunning: true }
            ? Decision.Accept(Replacement.Of(before, run), reply)
            : Decision.Start(run, reply);
    }

    private SignalWithStartedExecution Reply(RunState state, DecisionContext context) => new(
        state.Key.Run,
        Started: SignalWithStart.IsRetry(state, Request),
        state.Started.FirstExecutionRunId,
        Signals.Reply(state, Request.RequestId, context).Link);
}
