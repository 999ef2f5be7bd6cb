namespace AugmentedOS.Workflows.Resilience;

/// <summary>What a dependency's circuit lets through. The numbers are what the meter shows.</summary>
public enum CircuitHealth
{
    /// <summary>All calls go through.</summary>
    Closed = 0,

    /// <summary>One call is let through, to see.</summary>
    HalfOpen = 1,

    /// <summary>Nothing goes through until the break is over.</summary>
    Open = 2,

    /// <summary>An operator opened it; nothing goes through until an operator closes it.</summary>
    Isolated = 3,
}
