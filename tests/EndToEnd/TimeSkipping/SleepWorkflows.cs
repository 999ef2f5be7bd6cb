using Temporalio.Activities;
using Temporalio.Exceptions;
using Temporalio.Testing;
using Temporalio.Workflows;

namespace AugmentedOS.EndToEnd.TimeSkipping;

[Workflow]
public sealed class SleepWorkflow
{
    [WorkflowRun]
    public async Task<DateTime> RunAsync(TimeSpan time)
    {
        await Workflow.DelayAsync(time);
        return Workflow.UtcNow;
    }

    [WorkflowQuery]
    public DateTime CurrentTime() => Workflow.UtcNow;

    [WorkflowSignal]
    public Task TouchAsync() => Task.CompletedTask;
}

/// <summary>An activity that sleeps in the engine's time and forgets to report.</summary>
public sealed class SleepActivities(WorkflowEnvironment environment)
{
    [Activity]
    public async Task SleepAsync(TimeSpan time) => await environment.DelayAsync(time);
}

[Workflow]
public sealed class HeartbeatWorkflow
{
    [WorkflowRun]
    public Task RunAsync() => Workflow.ExecuteActivityAsync(
        (SleepActivities activities) => activities.SleepAsync(TimeSpan.FromSeconds(40)),
        new()
        {
            ScheduleToCloseTimeout = TimeSpan.FromSeconds(1000),
            HeartbeatTimeout = TimeSpan.FromSeconds(20),
            RetryPolicy = new() { MaximumAttempts = 1 },
        });
}

[Workflow]
public sealed class RetryWorkflow
{
    [WorkflowRun]
    public async Task<int> RunAsync() => await Workflow.ExecuteActivityAsync(
        () => FailingActivities.FailUntilAsync(5),
        new()
        {
            StartToCloseTimeout = TimeSpan.FromSeconds(10),
            RetryPolicy = new() { InitialInterval = TimeSpan.FromHours(1), BackoffCoefficient = 2 },
        });
}

public static class FailingActivities
{
    [Activity]
    public static Task<int> FailUntilAsync(int attempt) => ActivityExecutionContext.Current.Info.Attempt < attempt
        ? throw new ApplicationFailureException("not yet")
        : Task.FromResult(ActivityExecutionContext.Current.Info.Attempt);

    /// <summary>Takes as long as it takes: work in a worker's hands is not skipped.</summary>
    [Activity]
    public static async Task WorkAsync()
    {
        await Task.Delay(TimeSpan.FromMilliseconds(400));
    }
}

/// <summary>A timer beside an activity that really works.</summary>
[Workflow]
public sealed class RaceWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        var work = Workflow.ExecuteActivityAsync(
            () => FailingActivities.WorkAsync(), new() { StartToCloseTimeout = TimeSpan.FromHours(1) });
        var timer = Workflow.DelayAsync(TimeSpan.FromMinutes(1));
        return await Workflow.WhenAnyAsync(work, timer) == work ? "work" : "timer";
    }
}

[Workflow]
public sealed class FamilyWorkflow
{
    [WorkflowRun]
    public async Task<DateTime[]> RunAsync() => await Workflow.WhenAllAsync(
        Enumerable.Range(1, 3).Select(days => Workflow.ExecuteChildWorkflowAsync(
            (SleepWorkflow child) => child.RunAsync(TimeSpan.FromDays(days)))));
}
