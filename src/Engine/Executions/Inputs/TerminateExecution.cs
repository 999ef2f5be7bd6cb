using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Ends a run at once, without asking its code.</summary>
/// <param name="Run">Ignored when the request names a chain by its first run: then the current run is meant.</param>
/// <param name="Sender">The workflow that terminates; null when a client does.</param>
internal sealed record TerminateExecution(
    WorkflowKey Workflow, RunId? Run, TerminateWorkflowExecutionRequest Request, ExternalSender? Sender = null)
    : RunInput(Workflow, ChainedRun.Address(Run, Request.FirstExecutionRunId))
{
    private const string DefaultReason = "terminated by user via frontend";
    private const string DefaultIdentity = "frontend-service";

    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        if (!ChainedRun.IsOf(state, Request.FirstExecutionRunId))
        {
            return Decision.Reject(ChainedRun.NotFound());
        }

        if (state.IsClosed)
        {
            return Decision.Reject(Rejection.AlreadyCompleted());
        }

        if (Sender is not null && !Sender.MayReach(state))
        {
            return Decision.Reject(ExternalSender.NotTheParent());
        }

        var draft = new Draft(state, context);
        ForcedClose.Terminate(
            draft,
            Request.Reason.Length > 0 ? Request.Reason : DefaultReason,
            Request.Identity.Length > 0 ? Request.Identity : DefaultIdentity,
            Request.Details,
            Request.Links);
        return Decision.Accept(draft, Done.Instance);
    }
}
