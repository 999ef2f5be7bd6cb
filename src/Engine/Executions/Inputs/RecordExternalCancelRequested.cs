using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>A cancel request that this run sent has arrived.</summary>
internal sealed record RecordExternalCancelRequested(RunKey Source, long InitiatedEventId)
    : RunInput(Source.Workflow, Source.Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        if (!state.Externals.TryGetValue(InitiatedEventId, out var pending) || pending.Cancel is not { } cancel)
        {
            return Decision.Answer(Done.Instance);
        }

        var draft = new Draft(state, context);
        draft.RecordOrBuffer(EventType.ExternalWorkflowExecutionCancelRequested, e =>
            e.ExternalWorkflowExecutionCancelRequestedEventAttributes =
                new ExternalWorkflowExecutionCancelRequestedEventAttributes
                {
                    InitiatedEventId = InitiatedEventId,
                    Namespace = cancel.Namespace,
                    NamespaceId = cancel.NamespaceId,
                    WorkflowExecution = cancel.WorkflowExecution,
                });
        WorkflowTasks.Ensure(draft);
        return Decision.Accept(draft, Done.Instance);
    }
}
