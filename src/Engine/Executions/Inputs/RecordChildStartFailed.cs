using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>A child could not be started.</summary>
internal sealed record RecordChildStartFailed(
    RunKey Parent, long InitiatedEventId, StartChildWorkflowExecutionFailedCause Cause)
    : RunInput(Parent.Workflow, Parent.Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        // A child that is known to have started was refused only to a repetition of its start.
        if (state.IsClosed || !state.Children.TryGetValue(InitiatedEventId, out var child) || child.Run is not null)
        {
            return Decision.Answer(Done.Instance);
        }

        var draft = new Draft(state, context);
        ChildEvents.RecordStartFailed(draft, child, Cause);
        WorkflowTasks.Ensure(draft);
        return Decision.Accept(draft, Done.Instance);
    }
}
