using Temporalio.Workflows;

namespace AugmentedOS.EndToEnd.Kills;

/// <summary>Ends when it has been told often enough, with what it was told.</summary>
[Workflow]
public sealed class CollectingWorkflow
{
    private readonly List<string> _told = [];

    [WorkflowRun]
    public async Task<string> RunAsync(int count)
    {
        await Workflow.WaitConditionAsync(() => _told.Count >= count);
        return string.Join(' ', _told);
    }

    [WorkflowSignal]
    public Task TakeAsync(string value)
    {
        _told.Add(value);
        return Task.CompletedTask;
    }
}
