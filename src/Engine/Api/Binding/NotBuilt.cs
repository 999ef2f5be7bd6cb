namespace AugmentedOS.Engine.Api.Binding;

/// <summary>The RPCs of Temporal's API that this engine does not have. Named here, so that a call of one is answered
/// with its name, and so that a test can tell a gap that is known from one that is not.</summary>
internal static class NotBuilt
{
    public static IReadOnlyList<string> OfWorkflows { get; } = [];

    public static IReadOnlyList<string> OfOperators { get; } = [];
}
