using Temporalio.Activities;
using Temporalio.Workflows;

namespace AugmentedOS.Engine.Tests.Api;

/// <summary>The smallest useful workflow: one activity, one signal, one query, one timer.</summary>
[Workflow]
public sealed class GreetingWorkflow
{
    private string _name = "";

    [WorkflowRun]
    public async Task<string> RunAsync(string mode)
    {
        switch (mode)
        {
            case "wait":
                await Workflow.WaitConditionAsync(() => _name.Length > 0);
                return $"Hello, {_name}!";
            case "sleep":
                await Workflow.DelayAsync(TimeSpan.FromMilliseconds(100));
                return "rested";
            default:
                return await Workflow.ExecuteActivityAsync(
                    () => GreetAsync(mode), new() { ScheduleToCloseTimeout = TimeSpan.FromSeconds(30) });
        }
    }

    [WorkflowSignal]
    public Task NameAsync(string name)
    {
        _name = name;
        return Task.CompletedTask;
    }

    [WorkflowQuery]
    public string Name() => _name;

    [Activity]
    public static Task<string> GreetAsync(string name) => Task.FromResult($"Hello, {name}!");
}
