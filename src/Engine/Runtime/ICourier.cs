using AugmentedOS.Engine.Executions.Deliveries;

namespace AugmentedOS.Engine.Runtime;

/// <summary>Carries what one run has to tell another, and the outcome back.</summary>
internal interface ICourier
{
    void Send(Delivery delivery);
}
