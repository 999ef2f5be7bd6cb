using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Asks a run to cancel itself. Asking twice, or asking a closed run, changes nothing and is fine.</summary>
/// <param name="Run">Ignored when the request names a chain by its first run: then the current run is meant.</param>
/// <param name="Sender">The workflow that asks; null when a client does.</param>
internal sealed record RequestCancelExecution(
    WorkflowKey Workflow, RunId? Run, RequestCancelWorkflowExecutionRequest Request, ExternalSender? Sender = null)
    : RunInput(Workflow, ChainedRun.Address(Run, Request.FirstExecutionRunId))
{
    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        if (!ChainedRun.IsOf(state, Request.FirstExecutionRunId))
        {
            return Decision.Reject(ChainedRun.NotFound());
        }

        if (state.IsClosed)
        {
            return Decision.Answer(Done.Instance);
        }

        if (Sender is not null && !Sender.MayReach(state))
        {
            return Decision.Reject(ExternalSender.NotTheParent());
        }

        if (state.CancelRequested)
        {
            return Decision.Answer(Done.Instance);
        }

        var draft = new Draft(state, context);
        draft.RecordOrBuffer(EventType.WorkflowExecutionCancelRequested, e =>
        {
            e.WorkflowExecutionCancelRequestedEventAttributes = new WorkflowExecutionCancelRequestedEventAttributes
            {
                Cause = Request.Reason,
                Identity = Request.Identity,
                ExternalInitiatedEventId = Sender?.InitiatedEventId ?? 0,
                ExternalWorkflowExecution = Sender?.Execution,
            };
            e.Links.AddRange(Request.Links);
        });
        FirstTaskBackoff.End(draft); // Whoever cancels does not want to wait for a start delay or a cron tick.
        WorkflowTasks.Ensure(draft);
        return Decision.Accept(draft, Done.Instance);
    }
}
