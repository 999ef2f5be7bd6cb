namespace AugmentedOS.Engine.Namespaces;

/// <summary>A worker build that must not take workflow tasks any more.</summary>
internal sealed record BadBinary(string Reason, string Operator, Instant CreatedAt);
