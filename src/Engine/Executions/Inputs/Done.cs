namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>The reply of an input that has nothing to say but that it happened.</summary>
internal sealed class Done
{
    public static Done Instance { get; } = new();

    private Done()
    {
    }
}
