using AugmentedOS.Workflows.Deadlines;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Workflows;

namespace AugmentedOS.Samples.Deadlines;

/// <summary>A translation that has eight hours: warned of at half, escalated at the end, aborted some time
/// later.</summary>
internal static class DeadlineSample
{
    public static Task RunAsync(TextWriter output, CancellationToken cancellationToken) => SampleEngine.RunAsync(
        worker => worker.AddWorkflow<TranslationWorkflow>().AddAllActivities(new Office(output)),
        async engine =>
        {
            foreach (var hours in (int[])[3, 9, 100])
            {
                var said = await engine.Client.ExecuteWorkflowAsync(
                    (TranslationWorkflow workflow) => workflow.RunAsync(TimeSpan.FromHours(hours)),
                    SampleEngine.Options($"translation-{hours}"));
                await output.WriteLineAsync($"{hours} hours of work: {said}");
            }
        },
        cancellationToken);
}

internal sealed class Office(TextWriter output)
{
    [Activity]
    public Task TellAsync(string what) => output.WriteLineAsync($"  told: {what}");
}

[Workflow]
internal sealed class TranslationWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync(TimeSpan work)
    {
        var deadline = Deadline.After(TimeSpan.FromHours(8))
            .At(0.5, "warn", token => TellAsync("half of the time is gone", token))
            .At(1.0, "escalate", token => TellAsync("the translation is late", token))
            .AbortAt(1.2);
        try
        {
            await deadline.RunAsync(token => Workflow.DelayAsync(work, token));
            return "done";
        }
        catch (DeadlineExceededException)
        {
            return "aborted";
        }
    }

    private static Task TellAsync(string what, CancellationToken token) => Workflow.ExecuteActivityAsync(
        (Office office) => office.TellAsync(what),
        new() { StartToCloseTimeout = TimeSpan.FromMinutes(1), CancellationToken = token });
}
