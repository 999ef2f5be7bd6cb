using AugmentedOS.Engine.Executions.Deliveries;
using AugmentedOS.Engine.Executions.Facts;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>The parent has recorded this child's start: its first workflow task may be scheduled, at once or when its
/// backoff ends.</summary>
internal sealed record ScheduleFirstTask(RunKey Child) : RunInput(Child.Workflow, Child.Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        var draft = new Draft(state, context);
        if (state.AwaitsParent)
        {
            draft.Emit(new ParentInformed());
            if (state.CancelRequested)
            {
                FirstTaskBackoff.End(draft); // The request came too early to end it.
            }

            WorkflowTasks.Ensure(draft);
            return Decision.Accept(draft, Done.Instance);
        }

        // It timed out meanwhile, and a successor goes on: now its parent knows of them.
        if (PendingDeliveries.AnnouncesAfterClose(state))
        {
            draft.Emit(new DeliveryCompleted(Delivery.ToParent));
            return Decision.Accept(draft, Done.Instance);
        }

        return Decision.Answer(Done.Instance);
    }
}
