using AugmentedOS.Engine.Executions.Deliveries;
using AugmentedOS.Engine.Executions.Facts;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>The parent has recorded this child's start: its first workflow task may be scheduled, at once or when its
/// backoff ends.</summary>
internal sealed record ScheduleFirstTask(RunKey Child) : RunInput(Child.Workflow, Child.Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        if (!state.AwaitsParent)
        {
            // It may have timed out meanwhile, and a successor goes on: now its parent knows of them.
            return PendingDeliveries.AnnouncesAfterClose(state)
                ? CompletedDelivery.Of(state, Delivery.ToParent, context)
                : Decision.Answer(Done.Instance);
        }

        var draft = new Draft(state, context);
        draft.Emit(new ParentInformed());
        if (state.CancelRequested || !context.Updates.IsEmpty)
        {
            FirstTaskBackoff.End(draft); // The request came too early to end it.
        }

        WorkflowTasks.Ensure(draft);
        return Decision.Accept(draft, Done.Instance);
    }
}
