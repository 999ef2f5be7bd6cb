using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Inputs;

namespace AugmentedOS.Engine.Executions.Deliveries;

/// <summary>One of a closed run's deliveries is done. With the last one goes a run that was deleted meanwhile.</summary>
internal static class CompletedDelivery
{
    public static Decision Of(RunState state, long deliveryId, DecisionContext context)
    {
        if (!state.PendingDeliveries.Contains(deliveryId))
        {
            return Decision.Answer(Done.Instance);
        }

        var draft = new Draft(state, context);
        draft.Emit(new DeliveryCompleted(deliveryId));
        return draft.State is { IsDeletionRequested: true, PendingDeliveries.IsEmpty: true }
            ? Decision.Delete(draft, Done.Instance)
            : Decision.Accept(draft, Done.Instance);
    }
}
