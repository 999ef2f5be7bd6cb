using AugmentedOS.Engine.Executions.Deliveries;
using AugmentedOS.Engine.Executions.Facts;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>The parent closed, or was deleted, before it recorded this child's start. Such a child never starts,
/// whatever its parent close policy: it has run no code yet and ends here.</summary>
internal sealed record TerminateOrphan(RunKey Child) : RunInput(Child.Workflow, Child.Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        var draft = new Draft(state, context);
        if (state.AwaitsParent)
        {
            ForcedClose.Terminate(draft, ApplyClosePolicy.Reason, ForcedClose.ServiceIdentity);
            return Decision.Accept(draft, Done.Instance);
        }

        // It timed out meanwhile and left a successor; there is nobody to tell of either.
        if (PendingDeliveries.AnnouncesAfterClose(state))
        {
            draft.Emit(new DeliveryCompleted(Delivery.ToParent));
            return Decision.Accept(draft, Done.Instance);
        }

        return Decision.Answer(Done.Instance);
    }
}
