namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>The histories have gone on since they were read for a reset: they have to be read again.</summary>
internal sealed record ResetOutdated
{
    public static ResetOutdated Instance { get; } = new();
}
