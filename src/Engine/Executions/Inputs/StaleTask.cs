namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>The reply when a task is not there any more (done, timed out, its run closed): the poller gets another.</summary>
internal sealed class StaleTask
{
    public static StaleTask Instance { get; } = new();

    private StaleTask()
    {
    }
}
