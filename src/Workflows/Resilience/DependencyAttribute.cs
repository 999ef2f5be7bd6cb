namespace AugmentedOS.Workflows.Resilience;

/// <summary>Says what an activity, or each activity of a class, depends on: it is run through that dependency's circuit
/// breaker and limits. An attribute of the method wins over its class's.</summary>
/// <param name="name">A name that <see cref="Dependencies.Add"/> was called with.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class DependencyAttribute(string name) : Attribute
{
    /// <summary>The dependency's name.</summary>
    public string Name { get; } = name;
}
