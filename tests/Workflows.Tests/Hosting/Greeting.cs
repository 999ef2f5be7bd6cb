using Temporalio.Activities;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Tests.Hosting;

/// <summary>What a scoped activity gets from the host.</summary>
public sealed class Greeter
{
    public string Greet(string name) => $"Hello, {name}";
}

public sealed class GreetingActivities(Greeter greeter)
{
    [Activity]
    public string Greet(string name) => greeter.Greet(name);
}

[Workflow]
public class GreetingWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync(string name)
    {
        await Workflow.DelayAsync(TimeSpan.FromMilliseconds(1));
        return await Workflow.ExecuteActivityAsync(
            (GreetingActivities activities) => activities.Greet(name),
            new ActivityOptions { StartToCloseTimeout = TimeSpan.FromMinutes(1) });
    }
}
