using Temporalio.Activities;
using Temporalio.Workflows;

namespace AugmentedOS.Samples.Hosting;

/// <summary>A service of the application.</summary>
internal sealed record Greeter(string Words);

/// <summary>Activities get the application's services.</summary>
internal sealed class GreetingActivities(Greeter greeter)
{
    [Activity]
    public string Greet(string name) => $"{greeter.Words}, {name}";
}

/// <summary>Knows nothing of where it runs.</summary>
[Workflow]
internal sealed class GreetingWorkflow
{
    [WorkflowRun]
    public Task<string> RunAsync(string name) => Workflow.ExecuteActivityAsync(
        (GreetingActivities activities) => activities.Greet(name),
        new ActivityOptions { StartToCloseTimeout = TimeSpan.FromSeconds(10) });
}
