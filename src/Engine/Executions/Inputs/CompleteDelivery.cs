using AugmentedOS.Engine.Executions.Deliveries;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Another run has learnt what this one's end had to tell it, or is not there to learn it.</summary>
/// <param name="DeliveryId">See <see cref="Delivery.Id"/>.</param>
internal sealed record CompleteDelivery(RunKey Source, long DeliveryId) : RunInput(Source.Workflow, Source.Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context) =>
        CompletedDelivery.Of(state, DeliveryId, context);
}
