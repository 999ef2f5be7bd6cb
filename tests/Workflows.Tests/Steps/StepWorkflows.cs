using AugmentedOS.Workflows.Steps;
using Temporalio.Activities;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Tests.Steps;

public sealed class StepActivities
{
    [Activity]
    public string Do(string what) => what;

    public static Task CallAsync(string what) => Workflow.ExecuteActivityAsync(
        (StepActivities activities) => activities.Do(what), new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) });
}

/// <summary>Runs of all releases wait at a gate between two steps.</summary>
public abstract class OrderBase
{
    private bool _isOpen;

    protected WorkflowSteps Steps { get; } = new();

    [WorkflowSignal]
    public Task OpenAsync()
    {
        _isOpen = true;
        return Task.CompletedTask;
    }

    protected Task GateAsync() => Workflow.WaitConditionAsync(() => _isOpen);

    protected async Task<IReadOnlyList<StepProgress>> RunStepsAsync()
    {
        await Steps.RunAsync();
        return Steps.Progress;
    }
}

/// <summary>The first release.</summary>
[Workflow("order")]
public sealed class FirstOrder : OrderBase
{
    [WorkflowRun]
    public Task<IReadOnlyList<StepProgress>> RunAsync()
    {
        Steps
            .Step("reserve", () => StepActivities.CallAsync("reserve 1"))
            .Step("gate", GateAsync)
            .Step("charge", () => StepActivities.CallAsync("charge 1"))
            .Step("wrap", () => StepActivities.CallAsync("wrap 1"));
        return RunStepsAsync();
    }
}

/// <summary>The second release changes two steps, adds two and removes one.</summary>
[Workflow("order")]
public sealed class SecondOrder : OrderBase
{
    [WorkflowRun]
    public Task<IReadOnlyList<StepProgress>> RunAsync()
    {
        Steps
            .Step("screen", step => step.Added(1, () => StepActivities.CallAsync("screen 1")))
            .Step("reserve", step => step
                .Original(() => StepActivities.CallAsync("reserve 1"))
                .Changed(2, () => StepActivities.CallAsync("reserve 2")))
            .Step("gate", GateAsync)
            .Step("check", step => step.Added(1, () => StepActivities.CallAsync("check 1")))
            .Step("charge", step => step
                .Original(() => StepActivities.CallAsync("charge 1"))
                .Changed(2, () => StepActivities.CallAsync("charge 2")))
            .Step("wrap", step => step.Original(() => StepActivities.CallAsync("wrap 1")).Removed(2));
        return RunStepsAsync();
    }
}

/// <summary>The third release knows no version 1 of <c>charge</c> and <c>reserve</c> any more, and has a version
/// 3.</summary>
[Workflow("order")]
public sealed class ThirdOrder : OrderBase
{
    [WorkflowRun]
    public Task<IReadOnlyList<StepProgress>> RunAsync()
    {
        Steps
            .Step("screen", step => step.Added(1, () => StepActivities.CallAsync("screen 1")))
            .Step("reserve", step => step.Since(2, () => StepActivities.CallAsync("reserve 2")))
            .Step("gate", GateAsync)
            .Step("check", step => step.Added(1, () => StepActivities.CallAsync("check 1")))
            .Step("charge", step => step
                .Since(2, () => StepActivities.CallAsync("charge 2"))
                .Changed(3, () => StepActivities.CallAsync("charge 3")))
            .Step("wrap", step => step.Original(() => StepActivities.CallAsync("wrap 1")).Removed(2));
        return RunStepsAsync();
    }
}

/// <summary>What nobody should do: a step changed without a version.</summary>
[Workflow("order")]
public sealed class CarelessOrder : OrderBase
{
    [WorkflowRun]
    public Task<IReadOnlyList<StepProgress>> RunAsync()
    {
        Steps.Step("reserve", () => Workflow.DelayAsync(TimeSpan.FromMinutes(1))).Step("gate", GateAsync);
        return RunStepsAsync();
    }
}

[Workflow]
public sealed class FailingSteps
{
    private readonly WorkflowSteps _steps = new();

    [WorkflowRun]
    public Task RunAsync() => _steps
        .Step("fail", () => throw new Temporalio.Exceptions.ApplicationFailureException("no"))
        .Step("never", () => Task.CompletedTask)
        .RunAsync();
}
