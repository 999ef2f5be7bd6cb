using Temporalio.Client;

namespace AugmentedOS.Samples.Polling;

/// <summary>A bank takes three days to clear a payment, and calls nobody back.</summary>
internal static class PollSample
{
    public static Task RunAsync(TextWriter output, CancellationToken cancellationToken) => SampleEngine.RunAsync(
        worker => worker.AddWorkflow<ClearingWorkflow>().AddAllActivities(new Bank(output)),
        async engine => await output.WriteLineAsync(await engine.Client.ExecuteWorkflowAsync(
            (ClearingWorkflow workflow) => workflow.RunAsync("payment 1"), SampleEngine.Options("clearing-1"))),
        cancellationToken);
}
