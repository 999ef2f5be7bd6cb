namespace AugmentedOS.Workflows.Versioning;

/// <summary>A patch and the workflow types that ask for it.</summary>
/// <param name="Id">What histories name it by.</param>
/// <param name="What">What it changes, for people.</param>
/// <param name="WorkflowTypes">The names of the workflow types whose code asks for it.</param>
public sealed record DeclaredPatch(string Id, string What, IReadOnlyList<string> WorkflowTypes)
{
    /// <summary>Since when no worker has run the code from before it; null when that is not known.</summary>
    public DateTimeOffset? DeployedAt { get; init; }
}
