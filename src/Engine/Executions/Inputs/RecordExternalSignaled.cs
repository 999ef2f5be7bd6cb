using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>A signal that this run sent has arrived.</summary>
internal sealed record RecordExternalSignaled(RunKey Source, long InitiatedEventId)
    : RunInput(Source.Workflow, Source.Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        if (!state.Externals.TryGetValue(InitiatedEventId, out var pending) || pending.Signal is not { } signal)
        {
            return Decision.Answer(Done.Instance);
        }

        var draft = new Draft(state, context);
        draft.RecordOrBuffer(EventType.ExternalWorkflowExecutionSignaled, e =>
            e.ExternalWorkflowExecutionSignaledEventAttributes = new ExternalWorkflowExecutionSignaledEventAttributes
            {
                InitiatedEventId = InitiatedEventId,
                Namespace = signal.Namespace,
                NamespaceId = signal.NamespaceId,
                WorkflowExecution = signal.WorkflowExecution,
                Control = signal.Control,
            });
        WorkflowTasks.Ensure(draft);
        return Decision.Accept(draft, Done.Instance);
    }
}
