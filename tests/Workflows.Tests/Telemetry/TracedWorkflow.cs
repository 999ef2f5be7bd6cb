using System.Diagnostics;
using AugmentedOS.Workflows.Telemetry;
using Temporalio.Activities;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Tests.Telemetry;

/// <summary>Does one of everything that is traced.</summary>
[Workflow]
public class TracedWorkflow
{
    private static readonly ActivityOptions Options = new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) };
    private bool _released;

    [Activity]
    public static string CurrentTrace() => Activity.Current?.Id ?? "";

    [Activity]
    public static void Refuse() => throw new ApplicationFailureException("no", nonRetryable: true);

    [WorkflowRun]
    public async Task<string> RunAsync(string what)
    {
        if (what == "fail")
        {
            await Workflow.ExecuteActivityAsync(() => Refuse(), Options);
        }

        if (what == "again")
        {
            throw Workflow.CreateContinueAsNewException((TracedWorkflow workflow) => workflow.RunAsync("once"));
        }

        if (what == "child")
        {
            return await Workflow.ExecuteChildWorkflowAsync((TracedWorkflow workflow) => workflow.RunAsync("once"));
        }

        if (what == "wait")
        {
            await Workflow.WaitConditionAsync(() => _released);
        }

        using (WorkflowTracing.StartSpan("Checks"))
        {
            return await Workflow.ExecuteActivityAsync(() => CurrentTrace(), Options);
        }
    }

    [WorkflowSignal]
    public Task ReleaseAsync()
    {
        _released = true;
        return Task.CompletedTask;
    }

    [WorkflowUpdate]
    public async Task<string> ReleaseNowAsync(string by)
    {
        await Workflow.DelayAsync(TimeSpan.FromMilliseconds(1));
        _released = true;
        return by;
    }

    [WorkflowUpdateValidator(nameof(ReleaseNowAsync))]
    public void ValidateReleaseNow(string by)
    {
        if (by.Length == 0)
        {
            throw new ApplicationFailureException("who?");
        }
    }

    [WorkflowQuery]
    public bool IsReleased() => _released;
}
