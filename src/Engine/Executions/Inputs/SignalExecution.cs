using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Signals a run. Answers <see cref="SignaledExecution"/>.</summary>
/// <param name="Sender">The workflow that signals; null when a client does.</param>
internal sealed record SignalExecution(
    WorkflowKey Workflow, RunId? Run, SignalWorkflowExecutionRequest Request, ExternalSender? Sender = null)
    : RunInput(Workflow, Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        if (Signals.IsKnown(state, Request.RequestId))
        {
            return Decision.Answer(Signals.Reply(state, Request.RequestId, context));
        }

        if (state.IsClosed)
        {
            return Decision.Reject(Rejection.AlreadyCompleted());
        }

        if (Sender is not null && !Sender.MayReach(state))
        {
            return Decision.Reject(ExternalSender.NotTheParent());
        }

        if (Signals.Refuse(state, context) is { } refusal)
        {
            return Decision.Reject(refusal);
        }

        var draft = new Draft(state, context);
        Signals.Record(draft, Request, Sender);
        WorkflowTasks.Ensure(draft);
        return Decision.Accept(draft, Signals.Reply(state, Request.RequestId, context));
    }
}
