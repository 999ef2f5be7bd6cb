using AugmentedOS.Workflows.Steps;
using Temporalio.Workflows;

namespace AugmentedOS.Samples.Steps;

/// <summary>A list of steps, and what a run says of each: here as the third release has it.</summary>
internal static class StepsSample
{
    public static Task RunAsync(TextWriter output, CancellationToken cancellationToken) => SampleEngine.RunAsync(
        worker => worker.AddWorkflow<ParcelWorkflow>(),
        async engine =>
        {
            var parcel = await engine.Client.StartWorkflowAsync(
                (ParcelWorkflow workflow) => workflow.RunAsync(), SampleEngine.Options("parcel"));
            await parcel.GetResultAsync();
            foreach (var step in await parcel.QueryAsync<IReadOnlyList<StepProgress>>(WorkflowSteps.QueryName, []))
            {
                await output.WriteLineAsync($"{step.Name}: version {step.Version}, {step.State}");
            }
        },
        cancellationToken);
}

[Workflow]
internal sealed class ParcelWorkflow
{
    private readonly WorkflowSteps _steps = new();

    [WorkflowRun]
    public Task RunAsync() => _steps
        .Step("pack", PackAsync)
        .Step("weigh", step => step.Added(1, WeighAsync))
        .Step("label", step => step.Original(LabelByHandAsync).Changed(2, LabelAsync))
        .Step("wrap", step => step.Original(WrapAsync).Removed(2))
        .RunAsync();

    private static Task PackAsync() => Workflow.DelayAsync(TimeSpan.FromMinutes(5));

    private static Task WeighAsync() => Workflow.DelayAsync(TimeSpan.FromMinutes(1));

    private static Task LabelByHandAsync() => Workflow.DelayAsync(TimeSpan.FromMinutes(3));

    private static Task LabelAsync() => Workflow.DelayAsync(TimeSpan.FromSeconds(5));

    private static Task WrapAsync() => Workflow.DelayAsync(TimeSpan.FromMinutes(2));
}
