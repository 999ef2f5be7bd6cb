using AugmentedOS.Engine.Executions.Deliveries;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>The parent closed, or was deleted, before it recorded this child's start. Such a child never starts,
/// whatever its parent close policy: it has run no code yet and ends here.</summary>
internal sealed record TerminateOrphan(RunKey Child) : RunInput(Child.Workflow, Child.Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        if (!state.AwaitsParent)
        {
            // It may have timed out meanwhile and left a successor; there is nobody to tell of either.
            return PendingDeliveries.AnnouncesAfterClose(state)
                ? CompletedDelivery.Of(state, Delivery.ToParent, context)
                : Decision.Answer(Done.Instance);
        }

        var draft = new Draft(state, context);
        ForcedClose.Terminate(draft, ApplyClosePolicy.Reason, ForcedClose.ServiceIdentity);
        return Decision.Accept(draft, Done.Instance);
    }
}
