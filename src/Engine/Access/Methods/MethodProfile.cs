namespace AugmentedOS.Engine.Access.Methods;

/// <summary>What is known of a method before it is called.</summary>
/// <param name="Mutates">Whether a call of it is worth an audit record.</param>
/// <param name="Waits">Whether it waits for something to happen, so that calls of it are limited in number.</param>
/// <param name="Lists">Whether it reads lists, which have a rate of their own.</param>
/// <param name="Priority">When the rate is used up, those with lower numbers still get through.</param>
internal sealed record MethodProfile(
    string Name,
    MethodScope Scope,
    AccessLevel Access,
    bool Mutates = false,
    bool Waits = false,
    bool Lists = false,
    int Priority = 3)
{
    /// <summary>The lowest priority that there is.</summary>
    public const int LastPriority = 5;
}
