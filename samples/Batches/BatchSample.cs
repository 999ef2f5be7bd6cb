using Temporalio.Client;

namespace AugmentedOS.Samples.Batches;

/// <summary>A thousand letters in pages of fifty; each run of the workflow does five pages. Two cannot be sent, one of
/// them can a day later.</summary>
internal static class BatchSample
{
    public static Task RunAsync(TextWriter output, CancellationToken cancellationToken) => SampleEngine.RunAsync(
        worker => worker.AddWorkflow<MailingWorkflow>().AddAllActivities(new Letters()),
        async engine =>
        {
            var result = await engine.Client.ExecuteWorkflowAsync(
                (MailingWorkflow workflow) => workflow.RunAsync(1_000, null), SampleEngine.Options("mailing"));
            await output.WriteLineAsync($"{result.Done} letters sent from {result.Pages} pages, after {result.Round} more round");
            foreach (var item in result.SetAside)
            {
                await output.WriteLineAsync($"set aside: {item.Key}, {item.Reason}");
            }
        },
        cancellationToken);
}
