using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>A signal that this run sent was refused.</summary>
internal sealed record RecordExternalSignalFailed(
    RunKey Source, long InitiatedEventId, SignalExternalWorkflowExecutionFailedCause Cause)
    : RunInput(Source.Workflow, Source.Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        if (!state.Externals.TryGetValue(InitiatedEventId, out var pending) || pending.Signal is not { } signal)
        {
            return Decision.Answer(Done.Instance);
        }

        var draft = new Draft(state, context);
        draft.RecordOrBuffer(EventType.SignalExternalWorkflowExecutionFailed, e =>
            e.SignalExternalWorkflowExecutionFailedEventAttributes =
                new SignalExternalWorkflowExecutionFailedEventAttributes
                {
                    InitiatedEventId = InitiatedEventId,
                    Namespace = signal.Namespace,
                    NamespaceId = signal.NamespaceId,
                    WorkflowExecution = signal.WorkflowExecution,
                    Control = signal.Control,
                    Cause = Cause,
                });
        WorkflowTasks.Ensure(draft);
        return Decision.Accept(draft, Done.Instance);
    }
}
