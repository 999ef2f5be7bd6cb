using AugmentedOS.Engine.Executions.Facts;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Somebody asks that the run's next workflow task go to the normal queue.</summary>
internal sealed record ResetStickiness(WorkflowKey Workflow, RunId? Run) : RunInput(Workflow, Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        if (state.IsClosed)
        {
            return Decision.Reject(Rejection.AlreadyCompleted());
        }

        if (state.Sticky is null)
        {
            return Decision.Answer(Done.Instance);
        }

        var draft = new Draft(state, context);
        draft.Emit(new StickyQueueCleared());
        return Decision.Accept(draft, Done.Instance);
    }
}
