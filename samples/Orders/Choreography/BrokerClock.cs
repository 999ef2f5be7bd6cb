namespace AugmentedOS.Samples.Orders.Choreography;

/// <summary>The time, which goes on while no process runs. Not counted in the comparison.</summary>
internal sealed class BrokerClock
{
    public TimeSpan Now { get; set; }
}
