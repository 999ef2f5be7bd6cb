using AugmentedOS.Engine.Executions.Facts;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Another run has learnt what this one's end had to tell it, or is not there to learn it.</summary>
/// <param name="DeliveryId">See <see cref="Deliveries.Delivery.Id"/>.</param>
internal sealed record CompleteDelivery(RunKey Source, long DeliveryId) : RunInput(Source.Workflow, Source.Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        if (!state.PendingDeliveries.Contains(DeliveryId))
        {
            return Decision.Answer(Done.Instance);
        }

        var draft = new Draft(state, context);
        draft.Emit(new DeliveryCompleted(DeliveryId));
        return Decision.Accept(draft, Done.Instance);
    }
}
