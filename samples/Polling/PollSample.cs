using Temporalio.Client;

namespace AugmentedOS.Samples.Polling;

/// <summary>A card is awaited for seconds, a payment for days, and two parcels for two weeks at most.</summary>
internal static class PollSample
{
    public static Task RunAsync(TextWriter output, CancellationToken cancellationToken) => SampleEngine.RunAsync(
        worker => worker.AddWorkflow<CardWorkflow>().AddWorkflow<ClearingWorkflow>().AddWorkflow<ParcelWorkflow>()
            .AddWorkflow<OrderWorkflow>().AddAllActivities(new Systems()),
        async engine =>
        {
            await output.WriteLineAsync(await engine.Client.ExecuteWorkflowAsync(
                (CardWorkflow workflow) => workflow.RunAsync(), SampleEngine.Options("card")));
            await output.WriteLineAsync(await engine.Client.ExecuteWorkflowAsync(
                (ClearingWorkflow workflow) => workflow.RunAsync("payment 1"), SampleEngine.Options("clearing-1")));
            foreach (var deliveredTo in (string[])["a neighbour", "nobody"])
            {
                await output.WriteLineAsync(await engine.Client.ExecuteWorkflowAsync(
                    (OrderWorkflow workflow) => workflow.RunAsync(deliveredTo), SampleEngine.Options($"order for {deliveredTo}")));
            }
        },
        cancellationToken);
}
